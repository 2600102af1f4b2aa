import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, chmodSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { program } from "../embedded/binaries.ts";
import { programEnvironment } from "../embedded/cluster-files.ts";
import { placeCluster } from "../embedded/placement.ts";
import { findFreePort } from "../embedded/postmaster.ts";
import type { DatabaseUrls } from "./copy-database.ts";
import { makeTestFolder } from "./test-folder.ts";

/** A hot standby of an embedded server, which follows it until it is told otherwise. */
export interface Standby extends DatabaseUrls {
  /** Waits until it has all that the primary has written so far. */
  catchUp(): Promise<void>;
  /** Takes in no more of what the primary writes. */
  lag(): Promise<void>;
  /** Makes it the primary of what it has taken in. */
  promote(): Promise<void>;
  stop(): Promise<void>;
}

/** Runs `work` on a connection of its own. */
async function on<T>(connectionString: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Copies a running cluster as `pg_basebackup` does. */
async function copyCluster({ adminUrl, from, to }: { adminUrl: string; from: string; to: string }) {
  await on(adminUrl, async (client) => {
    await client.query("SELECT pg_backup_start('standby', true)");
    execFileSync("cp", ["-a", from, to]);
    const { rows } = await client.query("SELECT labelfile FROM pg_backup_stop(false)");
    rmSync(join(to, "postmaster.pid"), { force: true });
    writeFileSync(join(to, "backup_label"), rows[0].labelfile);
  });
}

/** A copy of an embedded server that follows it by streaming. `dataDir` is the primary's data folder. */
export async function startStandby(primary: DatabaseUrls & { dataDir: string }): Promise<Standby> {
  const dataDir = makeTestFolder("creneau-standby-");
  const source = placeCluster({ dataDir: primary.dataDir });
  const cluster = join(dataDir, "postgres");
  await copyCluster({ adminUrl: primary.adminUrl, from: source.cluster, to: cluster });
  const { username, password, port: primaryPort } = new URL(primary.adminUrl);
  appendFileSync(
    join(cluster, "postgresql.auto.conf"),
    `primary_conninfo = 'host=127.0.0.1 port=${primaryPort} user=${username} password=${decodeURIComponent(password)}'\n`,
  );
  writeFileSync(join(cluster, "standby.signal"), "");
  if (source.user) execFileSync("chown", ["-R", `${source.user.uid}:${source.user.gid}`, cluster]);
  chmodSync(cluster, 0o700);
  const port = await findFreePort();
  const settings = {
    port,
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    fsync: "off",
    timezone: "UTC",
  };
  const child = spawn(
    program(source.binaries, "postgres"),
    ["-D", cluster, ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])],
    { ...source.user, cwd: "/", env: programEnvironment, stdio: "ignore" },
  );
  const exited = once(child, "exit");
  const here = (url: string) => {
    const changed = new URL(url);
    changed.port = String(port);
    changed.searchParams.delete("host");
    return changed.href;
  };
  const adminUrl = here(primary.adminUrl);
  const ask = async (statement: string, values: unknown[] = []) =>
    on(adminUrl, async (client) => (await client.query(statement, values)).rows[0]);
  for (let attempt = 0; ; attempt++) {
    try {
      await ask("SELECT 1");
      break;
    } catch (error) {
      if (attempt > 300 || child.exitCode !== null) throw error;
      await sleep(50);
    }
  }
  return {
    adminUrl,
    url: here(primary.url),
    async catchUp() {
      const { lsn } = await on(
        primary.adminUrl,
        async (client) => (await client.query("SELECT pg_current_wal_insert_lsn()::text AS lsn")).rows[0],
      );
      while (!(await ask("SELECT pg_last_wal_replay_lsn() >= $1::pg_lsn AS yes", [lsn])).yes) await sleep(20);
    },
    async lag() {
      // What has arrived and is not replayed would be, at the promotion: nothing more may arrive.
      await ask("ALTER SYSTEM SET primary_conninfo = ''");
      await ask("SELECT pg_reload_conf()");
      while ((await ask("SELECT count(*)::integer AS n FROM pg_stat_wal_receiver")).n > 0) await sleep(20);
    },
    async promote() {
      await ask("SELECT pg_promote()");
    },
    async stop() {
      child.kill("SIGINT");
      await exited;
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
