import { execFileSync } from "node:child_process";
import { cpus, loadavg, totalmem } from "node:os";

/** What the figures were measured on; no name of the machine or of its owner. */
export interface Machine {
  cores: number;
  cpu: string;
  memoryGib: number;
  node: string;
  postgres: string;
  pgbench: string | null;
  /** Of one minute, before anything of ours ran. */
  loadBefore: number;
  busyPercentBefore: number;
  isBusy: boolean;
  commit: string;
}

function totalTimes(): { idle: number; all: number } {
  let idle = 0;
  let all = 0;
  for (const { times } of cpus()) {
    idle += times.idle;
    all += times.idle + times.user + times.sys + times.nice + times.irq;
  }
  return { idle, all };
}

function output(program: string, args: string[]): string | null {
  try {
    return execFileSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    return null;
  }
}

/** Looks at the machine for a second, before the database starts. */
export async function lookAtMachine(): Promise<Omit<Machine, "postgres">> {
  const before = totalTimes();
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  const after = totalTimes();
  const busyPercentBefore = Math.round(100 * (1 - (after.idle - before.idle) / (after.all - before.all)));
  return {
    cores: cpus().length,
    cpu: cpus()[0]?.model.trim() ?? "unknown",
    memoryGib: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    pgbench: output("pgbench", ["--version"]),
    loadBefore: Math.round((loadavg()[0] ?? 0) * 100) / 100,
    busyPercentBefore,
    isBusy: busyPercentBefore > 15,
    commit: output("git", ["rev-parse", "--short", "HEAD"]) ?? "unknown",
  };
}
