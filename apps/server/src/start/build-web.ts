import { spawn } from "node:child_process";
import { createHash, type Hash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildEnvironment } from "../env.ts";

const root = fileURLToPath(new URL("../../../../", import.meta.url));
const webFolder = join(root, "apps/web");
const stampFile = join(webFolder, ".next/source-hash");

/** What the bundle is made of: the web app and the packages that Next compiles with it. */
const inputs = ["apps/web", "packages/api/src", "packages/domain/src", "package-lock.json", "tsconfig.json"];
const ignored = /^(node_modules|\.next|\.turbo|bench|e2e|next-env\.d\.ts|.*\.test\.tsx?|.*\.tsbuildinfo)$/;

function addToHash(hash: Hash, path: string): void {
  const stat = statSync(join(root, path), { throwIfNoEntry: false });
  if (stat?.isFile()) hash.update(`\n${path}\n`).update(readFileSync(join(root, path)));
  if (!stat?.isDirectory()) return;
  for (const name of readdirSync(join(root, path)).sort()) {
    if (!ignored.test(name)) addToHash(hash, `${path}/${name}`);
  }
}

/** A fingerprint of everything the build depends on: of contents, so that a touched file changes nothing. */
function sourceHash(): string {
  const hash = createHash("sha256").update(process.version);
  for (const path of inputs) addToHash(hash, path);
  return hash.digest("hex");
}

/**
 * Builds the web app unless the build of exactly these sources is there. Our own fingerprint, because asking the task
 * runner takes longer than all the rest of a second start. Returns whether it had to. Throws with the compiler's words.
 */
export async function buildWebIfStale({ signal }: { signal?: AbortSignal } = {}): Promise<boolean> {
  const wanted = sourceHash();
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === wanted) return false;
  rmSync(stampFile, { force: true });
  const next = createRequire(join(webFolder, "package.json")).resolve("next/dist/bin/next");
  const child = spawn(process.execPath, [next, "build"], {
    cwd: webFolder,
    env: buildEnvironment(),
    stdio: ["ignore", "pipe", "pipe"],
    signal,
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output += chunk;
    });
  }
  const code = await new Promise<number | null>((done, fail) => {
    child.once("error", fail);
    child.once("close", done);
  });
  if (code !== 0) throw new Error(`the web app does not build:\n${output.trim()}`);
  writeFileSync(stampFile, wanted);
  return true;
}
