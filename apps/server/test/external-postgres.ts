import { execFile, execFileSync, spawn } from "node:child_process";
import {
  chownSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { freePort } from "./test-server.ts";

const run = promisify(execFile);
const wanted = ["initdb", "postgres", "psql", "pg_dump", "pg_restore"];
const oldestVersion = 15;

/** A PostgreSQL of its own, made by the system's own programs: a cluster that the product did not make. */
export interface ExternalPostgres {
  /** The superuser's connection, to the database `name`. */
  superuserUrl(name: string): string;
  /** Connection string of somebody else. */
  url(role: string, password: string, name: string): string;
  stop(): Promise<void>;
}

function versionOf(folder: string): number {
  const said = execFileSync(join(folder, "postgres"), ["--version"], { encoding: "utf8" });
  return Number(/(\d+)/.exec(said)?.[1] ?? 0);
}

/** Where a system keeps them: on the path, or, as Debian does, beside it. */
function findPrograms(): string | undefined {
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian)
    ? readdirSync(debian).sort((one, other) => Number(other) - Number(one))
    : [];
  const folders = [
    ...versions.map((version) => join(debian, version, "bin")),
    ...(process.env.PATH ?? "").split(delimiter),
  ];
  return folders.find(
    (folder) => wanted.every((name) => existsSync(join(folder, name))) && versionOf(folder) >= oldestVersion,
  );
}

/**
 * The folder of PostgreSQL's own programs, server and client of one version. Where they are missing they are installed
 * when this account may; else the test fails and says what to install. It never passes without them.
 */
export async function postgresPrograms(): Promise<string> {
  const found = findPrograms();
  if (found) return found;
  let reason = "";
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    const options = { env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" }, maxBuffer: 2 ** 26 };
    try {
      await run("apt-get", ["update"], options);
      await run("apt-get", ["install", "--yes", "--no-install-recommends", "postgresql"], options);
    } catch (error) {
      reason = ` (installing it failed: ${error instanceof Error ? error.message.split("\n")[0] : error})`;
    }
  }
  const installed = findPrograms();
  if (installed) return installed;
  throw new Error(
    `This test needs PostgreSQL ${oldestVersion} or later as the system packages it: install "postgresql" (apt-get install postgresql)${reason}`,
  );
}

/** PostgreSQL does not run as root. */
function account(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const line = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .find((entry) => entry.startsWith("postgres:"));
  const [, , uid, gid] = line?.split(":") ?? [];
  if (uid === undefined || gid === undefined) throw new Error("There is no account named postgres");
  return { uid: Number(uid), gid: Number(gid) };
}

const password = "the superuser's password";

/** Makes a cluster and starts it. */
export async function startExternalPostgres(programs: string): Promise<ExternalPostgres> {
  const folder = mkdtempSync(join(tmpdir(), "creneau-external-"));
  const user = account();
  const passwordFile = join(folder, "password");
  writeFileSync(passwordFile, password);
  if (user) for (const path of [folder, passwordFile]) chownSync(path, user.uid, user.gid);
  const data = join(folder, "data");
  const options = {
    ...user,
    cwd: "/",
    env: { PATH: "/usr/bin:/bin", LC_ALL: "C", NODE_ENV: "test" } as NodeJS.ProcessEnv,
  };
  await run(
    join(programs, "initdb"),
    [
      "-D",
      data,
      "-U",
      "postgres",
      "--pwfile",
      passwordFile,
      "-A",
      "scram-sha-256",
      "-E",
      "UTF8",
      "--locale=C",
      "--no-sync",
    ],
    options,
  );
  const port = await freePort();
  const child = spawn(
    join(programs, "postgres"),
    ["-D", data, "-p", String(port), "-k", folder, "-c", "fsync=off", "-c", "listen_addresses=127.0.0.1"],
    { ...options, stdio: ["ignore", "ignore", "pipe"] },
  );
  let said = "";
  child.stderr.on("data", (chunk) => {
    said += chunk;
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const url = (role: string, secret: string, name: string) =>
    `postgresql://${role}:${encodeURIComponent(secret)}@127.0.0.1:${port}/${name}`;
  for (let tries = 0; !said.includes("ready to accept connections"); tries++) {
    if (child.exitCode !== null || tries > 600) throw new Error(`PostgreSQL did not start:\n${said}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    url,
    superuserUrl: (name) => url("postgres", password, name),
    async stop() {
      child.kill("SIGINT");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
