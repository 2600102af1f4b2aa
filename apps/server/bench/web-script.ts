import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { BenchResult } from "./benchmark.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));

/**
 * Runs a benchmark of the web app, which knows the browser and the build, in a process of its own; its last line of
 * output is the result.
 */
export async function runWebScript(script: string): Promise<BenchResult> {
  const child = spawn(process.execPath, [`apps/web/bench/${script}`], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  child.stdout.on("data", (chunk) => {
    said += chunk;
  });
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  if (code !== 0) throw new Error(`${script} ended with code ${code}\n${said}`);
  return JSON.parse(said.trim().split("\n").at(-1) ?? "") as BenchResult;
}
