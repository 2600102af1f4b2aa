import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Sample } from "./statistics.ts";

/** A second opinion on a raw limit, from a generator written in C; the npm PostgreSQL does not bring it. */
export interface PgbenchPlan {
  url: string;
  organizationId: string;
  connections: number;
  seconds: number;
  /** Scripts in pgbench's language, chosen at random. */
  scripts: string[];
}

/** Runs pgbench with prepared statements; null where it is not installed. Throws with its words when a script fails. */
export async function loadPgbench({
  url,
  organizationId,
  connections,
  seconds,
  scripts,
}: PgbenchPlan): Promise<Sample | null> {
  const folder = mkdtempSync(join(tmpdir(), "creneau-bench-"));
  chmodSync(folder, 0o711);
  try {
    const files = scripts.map((script, index) => {
      const file = join(folder, `${index}.sql`);
      writeFileSync(file, script);
      return file;
    });
    const { hostname, port, username, password, pathname } = new URL(url);
    const args = [
      "-n",
      "-M",
      "prepared",
      "-c",
      connections,
      "-j",
      1,
      "-T",
      seconds,
      "-l",
      "--log-prefix",
      join(folder, "log"),
    ];
    const target = [
      "-h",
      hostname,
      "-p",
      port,
      "-U",
      username,
      ...files.flatMap((file) => ["-f", file]),
      pathname.slice(1),
    ];
    const env = {
      ...process.env,
      PGPASSWORD: decodeURIComponent(password),
      PGOPTIONS: `-c app.organization_id=${organizationId} -c timezone=UTC`,
    };
    const child = spawn("pgbench", [...args, ...target].map(String), {
      env,
      stdio: ["ignore", "ignore", "pipe"],
    });
    let errors = "";
    child.stderr.on("data", (chunk) => {
      errors += chunk;
    });
    const code = await new Promise<number | null>((resolve) => {
      child.once("error", () => resolve(-1));
      child.once("close", resolve);
    });
    if (code === -1) return null;
    if (code !== 0) throw new Error(`pgbench failed: ${errors.trim()}`);
    return readLog(folder, seconds);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Lines are: client, transaction, microseconds, script, seconds, microseconds of the epoch. */
function readLog(folder: string, seconds: number): Sample {
  const latencies: number[] = [];
  for (const name of readdirSync(folder).filter((file) => file.startsWith("log"))) {
    for (const line of readFileSync(join(folder, name), "utf8").split("\n")) {
      const microseconds = Number(line.split(" ")[2]);
      if (microseconds > 0) latencies.push(microseconds / 1000);
    }
  }
  return { latencies: Float64Array.from(latencies), seconds };
}
