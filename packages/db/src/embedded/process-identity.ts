import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** Names one process for ever: a pid alone is reused, within a boot and across boots. */
export interface ProcessIdentity {
  pid: number;
  boot: string;
  startedAt: string;
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

function bootId(): string {
  return readOrEmpty("/proc/sys/kernel/random/boot_id").trim();
}

function startTime(pid: number): string {
  if (process.platform === "linux") {
    const stat = readOrEmpty(`/proc/${pid}/stat`);
    // The command name may hold spaces and parentheses, so fields are counted after the last one: state is the first.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    // A zombie holds nothing any more; it only waits for its parent to look.
    return fields[0] === "Z" || fields[0] === "X" ? "" : (fields[19] ?? "");
  }
  try {
    return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).trim();
  } catch {
    return "";
  }
}

/** Whether a process with this pid exists and still runs (a zombie does not). */
export function isAlive(pid: number): boolean {
  return startTime(pid) !== "";
}

/** The identity of a running process, this one by default. */
export function identify(pid: number = process.pid): ProcessIdentity {
  return { pid, boot: bootId(), startedAt: startTime(pid) };
}

/** Whether exactly that process, not a later one with its pid, still runs. */
export function isSameProcessAlive(identity: ProcessIdentity): boolean {
  return (
    identity.boot === bootId() && identity.startedAt !== "" && startTime(identity.pid) === identity.startedAt
  );
}

/** The name a server gives itself, seen in the title of each of its processes, derived from its data folder. */
export function clusterName(folder: string): string {
  return `creneau-${createHash("sha256").update(folder).digest("hex").slice(0, 12)}`;
}

/** Whether a process belongs to the PostgreSQL server of a data folder. */
export function servesCluster(pid: number, folder: string): boolean {
  if (process.platform !== "linux") {
    try {
      return execFileSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" }).includes(folder);
    } catch {
      return false;
    }
  }
  try {
    // Every process of a PostgreSQL server has its data folder as working directory.
    return readlinkSync(`/proc/${pid}/cwd`) === folder;
  } catch {
    // Root in a container may not look into another account's process, but titles are public.
    const title = readOrEmpty(`/proc/${pid}/cmdline`).replaceAll("\0", " ");
    return title.includes(` ${folder} `) || title.includes(`postgres: ${clusterName(folder)}`);
  }
}

/** Pids of all live processes of the server of a data folder; empty where the system has no /proc. */
export function clusterProcesses(folder: string): number[] {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => pid !== process.pid && servesCluster(pid, folder) && isAlive(pid));
}
