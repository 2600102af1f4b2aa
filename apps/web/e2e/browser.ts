import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type Browser, chromium } from "playwright-core";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../../../", import.meta.url));

const systemBrowsers = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

const flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"];

/**
 * Unpacks the browser that npm installed, once per version; returns its folder. It is unpacked aside and renamed, so
 * that two test processes, or one that was killed, never leave or find half a browser.
 */
async function unpackBrowser(): Promise<string> {
  const manifest = join(
    dirname(createRequire(import.meta.url).resolve("@sparticuz/chromium")),
    "../../package.json",
  );
  const { version }: { version: string } = JSON.parse(readFileSync(manifest, "utf8"));
  const cache = join(root, "node_modules/.cache");
  const folder = join(cache, `chromium-${version}`);
  if (existsSync(folder)) return folder;
  mkdirSync(cache, { recursive: true });
  const draft = mkdtempSync(join(cache, "chromium-"));
  // It unpacks to the temporary folder of its process, its system libraries only where it believes to be in a cloud.
  await run(
    process.execPath,
    ["--input-type=module", "--eval", `await (await import("@sparticuz/chromium")).default.executablePath()`],
    { cwd: root, env: { ...process.env, TMPDIR: draft, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs22.x" } },
  );
  try {
    renameSync(draft, folder);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(folder)) throw error; // else another process was quicker
  }
  return folder;
}

async function missingLibraries(executable: string): Promise<string> {
  try {
    const { stdout } = await run("ldd", [executable]);
    return [...stdout.matchAll(/^\s*(\S+) => not found/gm)].map(([, name]) => name).join(", ");
  } catch {
    return "";
  }
}

async function launchShipped(args: string[]): Promise<Browser> {
  const folder = await unpackBrowser();
  const executablePath = join(folder, "chromium");
  // Without the system's font configuration no text would be drawn at all.
  const fonts = existsSync("/etc/fonts/fonts.conf") ? {} : { FONTCONFIG_PATH: join(folder, "fonts") };
  const environment = { ...process.env, HOME: process.env.HOME ?? tmpdir(), ...fonts };
  const options = { executablePath, args, timeout: 30_000 };
  const missing = await missingLibraries(executablePath);
  if (missing === "") return await chromium.launch({ ...options, env: environment });
  try {
    // On a bare machine the libraries that came along with the browser fill in.
    const libraries = [join(folder, "al2023/lib"), process.env.LD_LIBRARY_PATH].filter(Boolean).join(":");
    return await chromium.launch({ ...options, env: { ...environment, LD_LIBRARY_PATH: libraries } });
  } catch (error) {
    throw new Error(
      `the test browser needs system libraries (${missing}): run "apt-get install -y chromium", or set CHROMIUM_PATH`,
      { cause: error },
    );
  }
}

/**
 * Starts the browser of the journeys: CHROMIUM_PATH, else the system's Chromium or Chrome, else the one from npm.
 * `more` are flags of the browser's own. Throws with what to install when none can run; a journey is never skipped for want of a browser.
 */
export async function launchBrowser(more: string[] = []): Promise<Browser> {
  const args = [...flags, ...more];
  const wanted = process.env.CHROMIUM_PATH;
  const executablePath = wanted ?? systemBrowsers.find((path) => existsSync(path));
  if (executablePath === undefined) return await launchShipped(args);
  try {
    return await chromium.launch({ executablePath, args, timeout: 30_000 });
  } catch (error) {
    if (wanted !== undefined) throw new Error(`CHROMIUM_PATH: ${wanted} does not start`, { cause: error });
    return await launchShipped(args);
  }
}
