import { type ChildProcess, fork } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeTestFolder } from "../testing/test-folder.ts";
import { AlreadyRunningError, EmbeddedError } from "./embedded-error.ts";
import { preferSocket, socketFolder } from "./local-socket.ts";
import { isAlive } from "./process-identity.ts";
import { findRunning, startEmbedded } from "./start-embedded.ts";

/** With a space and an accent, as a home folder may have. */
let dataDir: string;
const children = new Set<ChildProcess>();

beforeAll(() => {
  dataDir = join(makeTestFolder("creneau-embedded-"), "données de démo");
});

afterAll(async () => {
  for (const child of children) child.kill("SIGKILL");
  if (existsSync(join(dataDir, "postgres"))) await (await startEmbedded({ dataDir })).stop();
  rmSync(join(dataDir, ".."), { recursive: true, force: true });
});

async function startInChild(
  folder = dataDir,
): Promise<{ child: ChildProcess; pid: number; adminUrl: string }> {
  const child = fork(fileURLToPath(new URL("./child.fixture.ts", import.meta.url)), [folder], {
    execArgv: [],
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  children.add(child);
  const { pid, adminUrl } = await new Promise<{ pid: number; adminUrl: string }>((done, fail) => {
    child.once("message", (message) => done(message as { pid: number; adminUrl: string }));
    child.once("exit", (code) => fail(new Error(`the child ended with code ${code}`)));
  });
  return { child, pid, adminUrl };
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = new Promise((done) => child.once("exit", done));
  child.kill("SIGKILL");
  await gone;
  children.delete(child);
}

async function ask(url: string, statement: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  client.on("error", () => {});
  await client.connect();
  try {
    return (await client.query<{ value: unknown }>(statement)).rows.map((row) => row.value);
  } finally {
    await client.end();
  }
}

async function eventually(check: () => Promise<void>): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await check();
    } catch (error) {
      if (attempt >= 100) throw error;
      await sleep(100);
    }
  }
}

test("a first start makes a durable, private database; a second one keeps it", async () => {
  const first = await startEmbedded({ dataDir });
  expect(first.adopted).toBe(false);
  expect(await ask(first.adminUrl, "select current_setting('fsync') as value")).toEqual(["on"]);
  expect(await ask(first.adminUrl, "select current_setting('data_checksums') as value")).toEqual(["on"]);
  expect(
    await ask(
      first.url,
      "select rolsuper or rolbypassrls as value from pg_roles where rolname = current_user",
    ),
  ).toEqual([false]);
  await ask(first.adminUrl, "create table kept as select 1 as value");
  await first.stop();
  expect(isAlive(first.pid)).toBe(false);
  expect(findRunning(dataDir)).toBeUndefined();

  const second = await startEmbedded({ dataDir });
  expect(await ask(second.adminUrl, "select value from kept")).toEqual([1]);
  await second.stop();
});

test("a wrong password is refused, so the guard of the right one means something", async () => {
  const database = await startEmbedded({ dataDir });
  const url = new URL(database.url);
  url.password = "guess";
  await expect(ask(url.href, "select 1 as value")).rejects.toThrow(/password authentication failed/);
  await database.stop();
});

test("the server's own process is reached by a socket, and by TCP too", async () => {
  const database = await startEmbedded({ dataDir });
  const bySocket = (url: string) => ask(url, "select inet_server_addr() is null as value");
  expect(await bySocket(database.url)).toEqual([true]);
  expect(await bySocket(new URL(database.url).href.split("?")[0] ?? "")).toEqual([false]);
  await database.stop();
});

test("a folder whose path is too long for a socket is served by TCP alone", () => {
  expect(socketFolder(`/${"a".repeat(80)}`)).toBe(`/${"a".repeat(80)}`);
  expect(socketFolder(`/${"é".repeat(45)}`)).toBe("");
  const url = "postgresql://somebody@127.0.0.1:5432/creneau";
  expect(preferSocket(url, { cluster: `/${"é".repeat(45)}`, port: 5432 })).toBe(url);
});

test("a second start on a folder in use is refused and told where the first one answers", async () => {
  const { child } = await startInChild();
  const refusal = await startEmbedded({ dataDir }).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(AlreadyRunningError);
  expect(refusal).toMatchObject({ address: "http://localhost:4000", pid: child.pid });
  expect(findRunning(dataDir)).toBeDefined();
  await kill(child);
});

test("of two that start together exactly one gets the folder", async () => {
  const folder = join(dataDir, "../race");
  const results = await Promise.allSettled([
    startInChild(folder),
    startInChild(folder),
    startInChild(folder),
  ]);
  const winners = results.filter((result) => result.status === "fulfilled");
  expect(winners).toHaveLength(1);
  for (const { value } of winners) await kill(value.child);
  await (await startEmbedded({ dataDir: folder })).stop();
});

test("a database whose server was killed is adopted, with everything acknowledged", async () => {
  const { child, pid, adminUrl } = await startInChild();
  await ask(adminUrl, "create table acknowledged as select 2 as value");
  await kill(child);
  expect(isAlive(pid)).toBe(true);
  const database = await startEmbedded({ dataDir });
  expect(database).toMatchObject({ adopted: true, pid });
  expect(await ask(database.adminUrl, "select value from acknowledged")).toEqual([2]);
  await database.stop();
  expect(isAlive(pid)).toBe(false);
});

test("both killed at once: the next start recovers", async () => {
  const { child, pid, adminUrl } = await startInChild();
  await ask(adminUrl, "create table survivor as select 3 as value");
  process.kill(pid, "SIGKILL");
  await kill(child);
  const database = await startEmbedded({ dataDir });
  expect(database.adopted).toBe(false);
  expect(await ask(database.adminUrl, "select value from survivor")).toEqual([3]);
  await database.stop();
});

test("a pid file whose number now belongs to another process does not keep the database from starting", async () => {
  const folder = realpathSync(join(dataDir, "postgres"));
  writeFileSync(join(folder, "postmaster.pid"), `${process.pid}\n${folder}\n1\n5432\n\n127.0.0.1\n\nready\n`);
  const database = await startEmbedded({ dataDir });
  expect(database.adopted).toBe(false);
  expect(isAlive(process.pid)).toBe(true);
  await database.stop();
});

test("a database that is killed while it is in use comes back on the same port", async () => {
  const database = await startEmbedded({ dataDir });
  const before = database.pid;
  process.kill(before, "SIGKILL");
  await eventually(async () => expect(await ask(database.adminUrl, "select 4 as value")).toEqual([4]));
  expect(database.pid).not.toBe(before);
  await database.stop();
});

test("a folder of another major version is refused and left alone", async () => {
  const folder = join(dataDir, "../older");
  mkdirSync(join(folder, "postgres"), { recursive: true });
  writeFileSync(join(folder, "postgres/PG_VERSION"), "16\n");
  const refusal = await startEmbedded({ dataDir: folder }).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(EmbeddedError);
  expect(refusal).toMatchObject({ code: "other_version" });
  expect(readFileSync(join(folder, "postgres/PG_VERSION"), "utf8")).toBe("16\n");
  expect(existsSync(join(folder, "server.lock"))).toBe(false);
});

test("a data folder that is a file is named in the refusal", async () => {
  const path = join(dataDir, "../file");
  writeFileSync(path, "");
  await expect(startEmbedded({ dataDir: path })).rejects.toThrow(path);
});

test("lost secrets are made anew, and the database accepts them", async () => {
  rmSync(join(dataDir, "secrets.json"));
  const database = await startEmbedded({ dataDir });
  expect(await ask(database.url, "select 5 as value")).toEqual([5]);
  await database.stop();
  expect(statSync(join(dataDir, "secrets.json")).mode & 0o777).toBe(0o600);
});
