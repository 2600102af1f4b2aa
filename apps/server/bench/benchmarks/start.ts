import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Benchmark, Row } from "../benchmark.ts";
import { freePort } from "../free-port.ts";
import { residentBytes } from "../server-process.ts";
import { round } from "../statistics.ts";

const root = fileURLToPath(new URL("../../../../", import.meta.url));
const patienceMs = 240_000;

interface Start {
  readySeconds: number;
  stopSeconds: number;
  megabytes: number;
}

/** One `npm start` (without npm) on a data folder, until `/readyz` says yes; then it rests, and is told to stop. */
async function startOnce(dataDir: string, roles: string): Promise<Start> {
  const port = await freePort();
  const env = { ...process.env, PORT: String(port), DATA_DIR: dataDir, LOG_LEVEL: "error" };
  const startedAt = performance.now();
  const command = [
    "-r",
    "./apps/server/src/start/require-node.cjs",
    "apps/server/src/start.ts",
    `--roles=${roles}`,
  ];
  const child = spawn(process.execPath, command, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
  let words = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      words += chunk;
    });
  }
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  while (!(await isReady(port))) {
    if (child.exitCode !== null) throw new Error(`the start failed:\n${words}`);
    if (performance.now() - startedAt > patienceMs)
      throw new Error(`not ready after ${patienceMs / 1000} s:\n${words}`);
    await sleep(10);
  }
  const readySeconds = (performance.now() - startedAt) / 1000;
  await sleep(5_000);
  const megabytes = residentBytes(child.pid ?? 0) / 1e6;
  const stoppedAt = performance.now();
  child.kill("SIGTERM");
  await exited;
  return { readySeconds, stopSeconds: (performance.now() - stoppedAt) / 1000, megabytes };
}

async function isReady(port: number): Promise<boolean> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`);
    await answer.arrayBuffer();
    return answer.ok;
  } catch {
    return false;
  }
}

/** The whole product from its command to its first answer. */
export const start: Benchmark = {
  name: "start",
  about: "npm start on a fresh data folder and again, until /readyz",
  async run(context) {
    const folder = mkdtempSync(join(tmpdir(), "creneau-bench-start-"));
    chmodSync(folder, 0o711);
    const rows: Row[] = [];
    const measure = async (what: string, dataDir: string) => {
      context.progress(what);
      const { readySeconds, stopSeconds, megabytes } = await startOnce(dataDir, context.roles);
      rows.push({
        what,
        "s to ready": round(readySeconds),
        "s to stop": round(stopSeconds),
        "MB at rest": round(megabytes),
      });
    };
    try {
      await measure("first start (builds the web app when its build is stale)", join(folder, "first"));
      await measure("cold: fresh data folder, web app built", join(folder, "cold"));
      await measure("warm: second start", join(folder, "cold"));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    return { tables: [{ title: `roles ${context.roles}, demo data, embedded database`, rows }] };
  },
};
