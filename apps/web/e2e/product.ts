import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const startLimitMs = 90_000;

/** The whole product as `npm start` runs it, on a database of the test's own. */
export interface Product {
  url: string;
  stop(): Promise<void>;
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((done) => probe.listen(0, "127.0.0.1", done));
  const { port } = probe.address() as AddressInfo;
  await new Promise((done) => probe.close(done));
  return port;
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false;
  }
}

/**
 * Starts the product with its demo data, and `variables` on top of its environment; throws with everything it said when
 * it does not become ready.
 */
export async function startProduct(
  database: { url: string; adminUrl: string },
  variables: Record<string, string> = {},
): Promise<Product> {
  const port = await freePort();
  const dataDir = mkdtempSync(join(tmpdir(), "creneau-journey-"));
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, ["apps/server/src/start.ts"], {
    cwd: root,
    env: {
      PATH: process.env.PATH,
      NODE_ENV: "production",
      PORT: String(port),
      APP_URL: url,
      DATA_DIR: dataDir,
      DATABASE_URL: database.url,
      DATABASE_ADMIN_URL: database.adminUrl,
      DEMO: "1",
      LOG_LEVEL: "warn",
      DRAIN_SECONDS: "0",
      AUTH_SECRET: randomBytes(32).toString("hex"),
      ENCRYPTION_KEYS: `k1:${randomBytes(32).toString("base64")}`,
      ...variables,
    },
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      said += chunk;
    });
  }
  const ended = new Promise<void>((done) => child.once("close", () => done()));
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
    rmSync(dataDir, { recursive: true, force: true });
  };
  const deadline = Date.now() + startLimitMs;
  while (!(await isReady(url))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await stop();
      throw new Error(`the product did not become ready:\n${said}`);
    }
    await new Promise((done) => setTimeout(done, 200));
  }
  return { url, stop };
}
