import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startEmbedded } from "@creneau/db/embedded/start-embedded";
import { makeTestFolder } from "@creneau/db/testing/test-folder";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = fileURLToPath(new URL("../../../", import.meta.url));
let folder: string;

beforeAll(() => {
  folder = makeTestFolder("creneau-start-");
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the start command until it ends by itself. Nothing of this process's configuration reaches it. */
async function start(
  variables: Record<string, string>,
  flags: string[] = [],
): Promise<{ code: number | null; said: string; complaint: string }> {
  const child = spawn(process.execPath, ["apps/server/src/start.ts", ...flags], {
    cwd: root,
    env: {
      NODE_ENV: "test",
      PATH: process.env.PATH,
      PORT: "4990",
      DATA_DIR: join(folder, "unused"),
      ...variables,
    },
  });
  let said = "";
  let complaint = "";
  child.stdout.on("data", (chunk) => {
    said += chunk;
  });
  child.stderr.on("data", (chunk) => {
    complaint += chunk;
  });
  const code = await new Promise<number | null>((done) => child.once("close", done));
  return { code, said, complaint };
}

test.each([
  ["PORT", "eighty"],
  ["APP_URL", "localhost"],
  ["APP_URL", "https://agenda.example.org/booking"],
  ["DATABASE_URL", "mysql://localhost/creneau"],
  ["ENCRYPTION_KEYS", "k1:c2hvcnQ="],
  ["LOG_LEVEL", "loud"],
  ["DEMO", "perhaps"],
])("a bad %s names itself in one line, exit code 2", async (name, value) => {
  const { code, said, complaint } = await start({ [name]: value });
  expect(code).toBe(2);
  expect(said).toBe("");
  expect(complaint.trim()).toMatch(new RegExp(`^✖ ${name}: [^\n]+$`));
});

test("a secret that is too short is refused without being repeated", async () => {
  const { code, complaint } = await start({ AUTH_SECRET: "hunter2" });
  expect(code).toBe(2);
  expect(complaint).toContain("AUTH_SECRET");
  expect(complaint).not.toContain("hunter2");
});

test("an unknown role or flag is refused, exit code 2", async () => {
  expect(await start({}, ["--roles=web,cook"])).toMatchObject({
    code: 2,
    complaint: expect.stringContaining("cook"),
  });
  expect(await start({}, ["--fast"])).toMatchObject({
    code: 2,
    complaint: expect.stringContaining("--fast"),
  });
});

test("a port in use is said in one line before anything is started, exit code 2", async () => {
  const other = createServer();
  await new Promise<void>((done) => other.listen(0, "127.0.0.1", done));
  const { port } = other.address() as AddressInfo;
  const { code, said, complaint } = await start({ PORT: String(port) });
  other.close();
  expect({ code, said }).toEqual({ code: 2, said: "" });
  expect(complaint.trim()).toMatch(new RegExp(`^✖ port ${port} is in use[^\n]+$`));
  expect(existsSync(join(folder, "unused"))).toBe(false);
});

test("a second start on the same data folder says that one runs already, and where, exit code 2", async () => {
  const dataDir = join(folder, "used");
  const running = await startEmbedded({ dataDir, address: "http://localhost:4991" });
  const { code, said, complaint } = await start({ DATA_DIR: dataDir });
  await running.stop();
  expect({ code, said }).toEqual({ code: 2, said: "" });
  expect(complaint.trim()).toMatch(/^✖ Créneau already runs on [^\n]+http:\/\/localhost:4991$/);
});

test("a data folder of another version is refused and left as it was, exit code 2", async () => {
  const dataDir = join(folder, "older");
  mkdirSync(join(dataDir, "postgres"), { recursive: true });
  writeFileSync(join(dataDir, "postgres/PG_VERSION"), "15\n");
  const { code, complaint } = await start({ DATA_DIR: dataDir }, ["--roles=worker"]);
  expect(code).toBe(2);
  expect(complaint.trim()).toMatch(/^✖ [^\n]+PostgreSQL 15 database[^\n]+$/);
  expect(readdirSync(join(dataDir, "postgres"))).toEqual(["PG_VERSION"]);
});

test("an external database that does not answer is named without its password, exit code 2", async () => {
  const { code, complaint } = await start(
    { DATABASE_URL: "postgresql://app:tops3cret@127.0.0.1:9/creneau" },
    ["--roles=worker"],
  );
  expect(code).toBe(2);
  expect(complaint.trim()).toMatch(/^✖ DATABASE_URL: [^\n]+$/);
  expect(complaint).not.toContain("tops3cret");
});
