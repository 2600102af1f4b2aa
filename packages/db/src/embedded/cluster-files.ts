import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { program } from "./binaries.ts";
import { EmbeddedError, fromFileError } from "./embedded-error.ts";
import type { Placement } from "./placement.ts";

/** The one major version whose data folders the embedded programs read. */
export const majorVersion = "18";

/** The role that owns the database: migrations and maintenance only, never the product itself. */
export const ownerRole = "creneau_owner";

/** What a program of PostgreSQL is given of the environment: nothing of ours, messages in English, dates in UTC. */
export const programEnvironment: NodeJS.ProcessEnv = {
  PATH: "/usr/local/bin:/usr/bin:/bin",
  LC_ALL: "C",
  TZ: "UTC",
  NODE_ENV: "production", // means nothing to PostgreSQL; Next's types ask it of every environment
};

/** Runs one of PostgreSQL's programs to its end, under the database's account. Resolves with what it printed. */
async function runProgram(
  placement: Placement,
  name: "initdb" | "postgres",
  args: string[],
  input = "",
): Promise<{ code: number | null; output: string }> {
  const child = spawn(program(placement.binaries, name), args, {
    ...placement.user,
    cwd: "/",
    env: programEnvironment,
    stdio: ["pipe", "pipe", "pipe"],
  });
  let output = "";
  child.stdout.on("data", (chunk) => {
    output += chunk;
  });
  child.stderr.on("data", (chunk) => {
    output += chunk;
  });
  child.stdin.on("error", () => {}); // a program that dies early says why on its own
  child.stdin.end(input);
  return await new Promise((done, fail) => {
    child.on("error", fail);
    child.on("close", (code) => done({ code, output }));
  });
}

/** Checks that an existing cluster is of our major version. Throws EmbeddedError `other_version`. */
export function checkVersion({ cluster, dataDir }: { cluster: string; dataDir: string }): void {
  const found = readFileSync(join(cluster, "PG_VERSION"), "utf8").trim();
  if (found !== majorVersion) {
    throw new EmbeddedError(
      "other_version",
      `${dataDir} holds a PostgreSQL ${found} database, this release needs ${majorVersion}: ` +
        "start the release that made it and export it, or choose another DATA_DIR",
    );
  }
}

/** Whether a data folder already holds a complete cluster. */
export function hasCluster({ cluster }: { cluster: string }): boolean {
  return existsSync(join(cluster, "PG_VERSION"));
}

/**
 * Creates the cluster: UTF-8, the built-in C.UTF-8 collation (the same on every system and for ever, so no index is
 * spoilt by an upgrade of the system's locales), checksums, passwords required. It is made beside its final place and
 * renamed, so an interrupted start leaves nothing half made. Throws EmbeddedError.
 */
export async function createCluster(
  placement: Placement,
  { password, isDurable }: { password: string; isDurable: boolean },
): Promise<void> {
  const { cluster, user } = placement;
  const parent = dirname(cluster);
  const draftPrefix = `.${basename(cluster)}-`;
  try {
    for (const name of readdirSync(parent)) {
      if (name.startsWith(draftPrefix)) rmSync(join(parent, name), { recursive: true, force: true });
    }
    const draft = join(parent, `${draftPrefix}${randomUUID()}`);
    const passwordFile = `${draft}.password`;
    mkdirSync(draft, { mode: 0o700 });
    writeFileSync(passwordFile, `${password}\n`, { mode: 0o600, flag: "wx" });
    if (user) for (const path of [draft, passwordFile]) chownSync(path, user.uid, user.gid);
    chmodSync(draft, 0o700);
    const { code, output } = await runProgram(placement, "initdb", [
      `--pgdata=${draft}`,
      `--username=${ownerRole}`,
      `--pwfile=${passwordFile}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--locale=C",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      "--data-checksums",
      "--no-instructions",
      ...(isDurable ? [] : ["--no-sync"]),
    ]);
    rmSync(passwordFile, { force: true });
    if (code !== 0) {
      rmSync(draft, { recursive: true, force: true });
      throw explainOutput(output, parent);
    }
    renameSync(draft, cluster);
  } catch (error) {
    throw fromFileError(error, parent);
  }
}

/** Sets the owner's password without knowing the old one; the server must not run. For a lost `secrets.json`. */
export async function resetOwnerPassword(placement: Placement, password: string): Promise<void> {
  const statement = `ALTER ROLE ${ownerRole} PASSWORD '${password.replaceAll("'", "''")}'\n`;
  const { code, output } = await runProgram(
    placement,
    "postgres",
    ["--single", "-D", placement.cluster, "postgres"],
    statement,
  );
  if (code !== 0) throw explainOutput(output, placement.cluster);
}

/** Turns what a program of PostgreSQL printed before it gave up into one sentence. */
export function explainOutput(output: string, folder: string): EmbeddedError {
  if (/No space left on device|Disk quota exceeded|Check free disk space/.test(output)) {
    return new EmbeddedError("disk_full", `no space left on the disk that holds ${folder}`);
  }
  if (/Read-only file system|Permission denied/.test(output)) {
    return new EmbeddedError(
      "not_writable",
      `the database's folder cannot be used: ${folder} (permission denied)`,
    );
  }
  const lines = output.trim().split("\n");
  const reason = lines.find((line) => /FATAL|PANIC|error/i.test(line)) ?? lines.at(-1) ?? "no message";
  return new EmbeddedError("start_failed", `the embedded database does not start: ${reason.trim()}`);
}
