import { execFile } from "node:child_process";
import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { findRunning } from "@creneau/db/embedded/start-embedded";
import { makeTestFolder } from "@creneau/db/testing/test-folder";
import { Client as PgClient } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { signInAt, type Visitor } from "../attack/browser.ts";
import { type ServerProcess, startServerProcess } from "./server-process.ts";
import { freePort } from "./test-server.ts";

const minute = 60_000;
const run = promisify(execFile);

let dataDir: string;
let backups: string;
let port: number;
let server: ServerProcess;

beforeAll(async () => {
  dataDir = makeTestFolder("backup-data-");
  backups = makeTestFolder("backup-copies-");
  port = await freePort();
  server = await startServerProcess({ DATA_DIR: dataDir }, { port });
}, 120_000);
afterAll(async () => {
  await server?.end("SIGTERM");
  for (const folder of [dataDir, backups]) rmSync(folder, { recursive: true, force: true });
});

/** Runs a command as npm does; answers its exit code and everything it said. */
async function command(
  name: "backup" | "restore",
  ...words: string[]
): Promise<{ code: number; said: string }> {
  const script = fileURLToPath(new URL(`../src/commands/${name}.ts`, import.meta.url));
  const env = { ...process.env, DATA_DIR: dataDir };
  try {
    const { stdout, stderr } = await run(process.execPath, [script, ...words], { env });
    return { code: 0, said: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, said: stdout + stderr };
  }
}

/** One provider's appointments, one after the other, each moved once; what was acknowledged, in order. */
function writer(staff: Visitor, { providerId, day }: { providerId: string; day: number }) {
  const acknowledged: string[] = [];
  let isOver = false;
  const midnight = Math.floor(Date.now() / 86_400_000) * 86_400_000 + day * 86_400_000;
  const done = (async () => {
    for (let index = 0; !isOver; index++) {
      const startsAt = new Date(midnight + index * 30 * minute).toISOString();
      const { appointment } = await staff.client.appointments.create.mutate({
        providerId,
        startsAt,
        endsAt: new Date(Date.parse(startsAt) + 10 * minute).toISOString(),
        force: true,
      });
      acknowledged.push(appointment.id);
    }
  })();
  return {
    acknowledged,
    async stop() {
      isOver = true;
      await done;
    },
  };
}

/** The first thing that a screen is told which comes back after the event it saw last. */
async function resume(visitor: Visitor, lastEventId: string): Promise<string> {
  const { client, close } = visitor.wsClient();
  const told = await new Promise<string>((resolve, reject) => {
    client.appointments.onChange.subscribe(
      { lastEventId },
      { onData: ({ data }) => resolve(data.type), onError: reject },
    );
  });
  await close();
  return told;
}

describe("a backup taken while the product serves and writes", () => {
  test("restores to the state of one moment, with everything acknowledged before it; sleepers reload", async () => {
    const staff = await signInAt(server.url, "admin@immo.demo", "creneau-demo");
    const { items: providers } = await staff.client.directory.providers.list.query({});
    const writers = Array.from({ length: 8 }, (_, index) =>
      writer(staff, {
        providerId: providers[index % providers.length]?.id ?? "",
        day: 200 + Math.floor(index / providers.length) * 100,
      }),
    );
    const total = () => writers.reduce((sum, { acknowledged }) => sum + acknowledged.length, 0);
    const { client: live, close } = staff.wsClient();
    let lastEventId = "";
    live.appointments.onChange.subscribe(
      {},
      {
        onData({ id }) {
          lastEventId = id;
        },
      },
    );
    await expect.poll(total, { timeout: 30_000 }).toBeGreaterThan(80);

    const before = writers.map(({ acknowledged }) => [...acknowledged]);
    const folder = join(backups, "first");
    const backup = await command("backup", folder);
    expect(backup).toMatchObject({ code: 0, said: expect.stringMatching(/backup written to .*found good/) });
    const during = total() - before.flat().length;
    const written = total();
    await expect.poll(total, { timeout: 30_000 }).toBeGreaterThan(written + 40);
    await Promise.all(writers.map((each) => each.stop()));
    const seen = lastEventId;
    await close();

    // Nobody restores under a running product.
    expect(await command("restore", folder, "--replace")).toMatchObject({
      code: 2,
      said: expect.stringContaining("already runs"),
    });
    await server.end("SIGTERM");
    expect(await command("restore", folder)).toMatchObject({
      code: 2,
      said: expect.stringContaining("--replace"),
    });
    expect(await command("restore", folder, "--replace")).toMatchObject({ code: 0 });
    expect(readdirSync(dataDir).filter((name) => name.startsWith("postgres-before-restore-"))).toHaveLength(
      1,
    );

    server = await startServerProcess({ DATA_DIR: dataDir }, { port });
    const again = await signInAt(server.url, "admin@immo.demo", "creneau-demo");
    const present = await presentOf(writers.flatMap(({ acknowledged }) => acknowledged));
    // Something was at stake: writes went on while it was copied, and after.
    expect(during).toBeGreaterThan(0);
    expect(present.size).toBeLessThan(total());
    for (const [index, { acknowledged }] of writers.entries()) {
      const missing = (before[index] ?? []).filter((id) => !present.has(id));
      expect(missing).toEqual([]);
      // One moment: of what came one after the other, no later one is there without the earlier ones.
      const known = acknowledged.map((id) => present.has(id));
      expect(known.lastIndexOf(true)).toBeLessThan(
        known.includes(false) ? known.indexOf(false) : known.length,
      );
    }
    expect(await wrongIndexes()).toEqual([]);
    // The cookie of before is good: the secrets came along.
    expect(await staff.client.session.me.query()).toMatchObject({ user: { email: "admin@immo.demo" } });
    // What the sleeper saw last is of a history that is gone.
    expect(await resume(again, seen)).toBe("reload");
    const [provider] = providers;
    const { appointment } = await again.client.appointments.create.mutate({
      providerId: provider?.id ?? "",
      startsAt: new Date(Date.now() + 900 * 86_400_000).toISOString(),
      endsAt: new Date(Date.now() + 900 * 86_400_000 + 10 * minute).toISOString(),
      force: true,
    });
    expect(appointment.version).toBe(1);
  }, 240_000);

  test("stands alone: into another folder, where no database was", async () => {
    const other = makeTestFolder("backup-other-");
    try {
      const script = fileURLToPath(new URL("../src/commands/restore.ts", import.meta.url));
      await run(process.execPath, [script, join(backups, "first")], {
        env: { ...process.env, DATA_DIR: other },
      });
      const copy = await startServerProcess({ DATA_DIR: other });
      const staff = await signInAt(copy.url, "claire@immo.demo", "creneau-demo");
      expect(await staff.client.session.me.query()).toMatchObject({ role: "provider" });
      await copy.end("SIGTERM");
    } finally {
      rmSync(other, { recursive: true, force: true });
    }
  }, 120_000);
});

test("a backup of a product that does not run starts its database for the while", async () => {
  await server.end("SIGTERM");
  const folder = join(backups, "at-rest");
  expect(await command("backup", folder)).toMatchObject({ code: 0 });
  expect(existsSync(join(dataDir, "postgres/postmaster.pid"))).toBe(false);
  server = await startServerProcess({ DATA_DIR: dataDir }, { port });
}, 120_000);

test("a folder that holds something, no folder, and an external database are refused in one line, exit code 2", async () => {
  const [held, none, external] = await Promise.all([
    command("backup", backups),
    command("backup"),
    run(process.execPath, [fileURLToPath(new URL("../src/commands/backup.ts", import.meta.url)), "/tmp/x"], {
      env: { ...process.env, DATABASE_URL: "postgresql://nobody@127.0.0.1:1/none" },
    }).catch((error) => ({ code: error.code, said: error.stderr })),
  ]);
  expect(held).toMatchObject({ code: 2, said: expect.stringContaining("is there already") });
  expect(none).toMatchObject({ code: 2, said: expect.stringContaining("usage: npm run backup") });
  expect(external).toMatchObject({ code: 2, said: expect.stringContaining("pg_dump") });
});

/** Which of these appointments are there, whoever may see them. */
async function presentOf(ids: string[]): Promise<Set<string>> {
  const rows = await asOwner<{ id: string }>("SELECT id FROM appointment WHERE id = ANY($1::uuid[])", [ids]);
  return new Set(rows.map(({ id }) => id));
}

/** B-trees that do not hold what their tables do. */
async function wrongIndexes(): Promise<string[]> {
  await asOwner("CREATE EXTENSION IF NOT EXISTS amcheck");
  const indexes = await asOwner<{ name: string }>(
    `SELECT c.oid::regclass::text AS name FROM pg_class c JOIN pg_am a ON a.oid = c.relam JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE a.amname = 'btree' AND c.relkind = 'i' AND n.nspname IN ('public', 'pgboss')`,
  );
  expect(indexes.length).toBeGreaterThan(50);
  const wrong: string[] = [];
  for (const { name } of indexes)
    await asOwner("SELECT bt_index_check($1::regclass, true)", [name]).catch((error) =>
      wrong.push(`${name}: ${error}`),
    );
  return wrong;
}

async function asOwner<Row>(statement: string, values: unknown[] = []): Promise<Row[]> {
  const client = new PgClient({ connectionString: findRunning(dataDir)?.adminUrl ?? "" });
  await client.connect();
  try {
    return (await client.query(statement, values)).rows as Row[];
  } finally {
    await client.end();
  }
}
