import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { Client } from "pg";
import { type Finding, fault, fine, hint } from "./finding.ts";

const about = "clock";
const run = promisify(execFile);

/** Seconds. Holds and links are judged by one clock and shown by the other. */
const noticeable = 1;
const harmful = 10;

/** How far this machine's clock is from the database's, in milliseconds: positive when it is ahead. */
async function offsetFrom(databaseUrl: string): Promise<number> {
  const client = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    const asks = async () => {
      const before = Date.now();
      const { rows } = await client.query<{ now: string }>(
        "SELECT extract(epoch FROM clock_timestamp()) * 1000 AS now",
      );
      const after = Date.now();
      return { offset: (before + after) / 2 - Number(rows[0]?.now), took: after - before };
    };
    const answers = [await asks(), await asks(), await asks()];
    // The quickest answer tells best when it was given.
    return answers.sort((one, other) => one.took - other.took)[0]?.offset ?? 0;
  } finally {
    await client.end();
  }
}

/** Whether the system keeps its clock right; null where it does not say. */
async function isSynchronized(): Promise<boolean | null> {
  try {
    const { stdout } = await run("timedatectl", ["show", "--property=NTPSynchronized", "--value"], {
      timeout: 5_000,
    });
    return stdout.trim() === "" ? null : stdout.trim() === "yes";
  } catch {
    return null;
  }
}

/** This machine's clock against the database's, and against the world's as far as the system says. */
export async function checkClock(databaseUrl: string): Promise<Finding[]> {
  const [offset, synchronized] = await Promise.all([offsetFrom(databaseUrl), isSynchronized()]);
  const seconds = Math.abs(offset) / 1000;
  const words = `this machine is ${seconds.toFixed(1)} s ${offset > 0 ? "ahead of" : "behind"} the database's`;
  const findings: Finding[] = [];
  if (seconds > harmful)
    findings.push(fault(about, words, "run a time service (chrony, systemd-timesyncd) on both"));
  else if (seconds > noticeable) findings.push(hint(about, words, "run a time service on both"));
  if (synchronized === false)
    findings.push(
      hint(about, "the system says that nothing keeps its clock right", "timedatectl set-ntp true"),
    );
  return findings.length > 0
    ? findings
    : [fine(about, `within ${Math.max(1, Math.ceil(seconds * 1000))} ms of the database's`)];
}
