import { cpSync, existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeTestFolder } from "../testing/test-folder.ts";
import { verifyBackup } from "./backup-files.ts";
import { restoreBackup } from "./restore-backup.ts";
import { type EmbeddedPostgres, startEmbedded } from "./start-embedded.ts";
import { writeBackup } from "./write-backup.ts";

let dataDir: string;
let copies: string;
let good: string;
let source: EmbeddedPostgres;

beforeAll(async () => {
  dataDir = makeTestFolder("creneau-backup-");
  copies = makeTestFolder("creneau-copies-");
  good = join(copies, "good");
  source = await startEmbedded({ dataDir, isDurable: false });
  await ask(
    source.adminUrl,
    "CREATE TABLE kept AS SELECT n, repeat(md5(n::text), 20) AS text FROM generate_series(1, 20000) n",
  );
  await writeBackup({ adminUrl: source.adminUrl, dataDir, folder: good });
}, 120_000);
afterAll(async () => {
  await source?.stop();
  for (const folder of [dataDir, copies]) rmSync(folder, { recursive: true, force: true });
});

async function ask<Row>(url: string, statement: string): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement)).rows as Row[];
  } finally {
    await client.end();
  }
}

/** A copy of the good backup that a test may spoil. */
function copyOfGood(name: string): string {
  const folder = join(copies, name);
  cpSync(good, folder, { recursive: true });
  return folder;
}

describe("a backup", () => {
  it("is good when it is there, and has nothing beside it", async () => {
    expect(await verifyBackup(good)).toBeGreaterThan(500);
    expect(readdirSync(dirname(good)).filter((name) => name.includes(basename(good)))).toEqual(["good"]);
    expect(readdirSync(good).sort()).toEqual([
      "backup.json",
      "backup_manifest",
      "base.tar.gz",
      "secrets.json",
    ]);
  });

  it("that cannot be finished leaves nothing", async () => {
    const folder = join(copies, "unfinished");
    const writing = writeBackup({ adminUrl: source.adminUrl, dataDir, folder });
    const ended = ask(
      source.adminUrl,
      `SELECT pg_terminate_backend(pid) FROM pg_stat_replication WHERE application_name = 'creneau backup'`,
    );
    const cutting = (async () => {
      for (let tries = 0; tries < 200; tries++) {
        const rows = await ask(
          source.adminUrl,
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE backend_type = 'walsender'",
        );
        if (rows.length > 0) return;
      }
    })();
    await expect(writing).rejects.toThrow();
    await Promise.all([ended, cutting]);
    expect(readdirSync(copies).filter((name) => name.includes("unfinished"))).toEqual([]);
    // The log is kept for nobody any more.
    expect(await ask(source.adminUrl, "SELECT FROM pg_replication_slots")).toEqual([]);
  });
});

describe("restoring", () => {
  it("puts everything back, on a timeline of its own", async () => {
    const target = makeTestFolder("creneau-restored-");
    await restoreBackup({ folder: good, dataDir: target, replaces: false });
    const restored = await startEmbedded({ dataDir: target, isDurable: false });
    try {
      const [row] = await ask<{ count: string; sum: string }>(
        restored.adminUrl,
        "SELECT count(*), sum(length(text)) FROM kept",
      );
      expect(row).toEqual({ count: "20000", sum: String(20_000 * 640) });
      expect(await ask(restored.adminUrl, "SELECT timeline_id FROM pg_control_checkpoint()")).toEqual([
        { timeline_id: 2 },
      ]);
    } finally {
      await restored.stop();
      rmSync(target, { recursive: true, force: true });
    }
  }, 60_000);

  it.each<[string, (folder: string) => void, string]>([
    ["was cut off", (folder) => truncateSync(join(folder, "base.tar.gz"), 100_000), "damaged or cut off"],
    [
      "has a list that was changed",
      (folder) => change(join(folder, "backup_manifest"), '"Size": 3', '"Size": 4'),
      "list of files",
    ],
    ["has no list", (folder) => rmSync(join(folder, "backup_manifest")), "missing"],
    ["has no description", (folder) => rmSync(join(folder, "backup.json")), "not a backup"],
    [
      "is of another version",
      (folder) => change(join(folder, "backup.json"), '"18"', '"17"'),
      "PostgreSQL 17",
    ],
  ])("refuses one that %s, and touches nothing", async (name, spoil, words) => {
    const folder = copyOfGood(name.replaceAll(" ", "-"));
    spoil(folder);
    const target = makeTestFolder("creneau-untouched-");
    try {
      await expect(restoreBackup({ folder, dataDir: target, replaces: true })).rejects.toThrow(words);
      expect(readdirSync(target)).toEqual([]);
    } finally {
      rmSync(target, { recursive: true, force: true });
    }
  });

  it("notices a single byte that is another, in any file", async () => {
    const { gunzipSync, gzipSync } = await import("node:zlib");
    const folder = copyOfGood("one-byte");
    const path = join(folder, "base.tar.gz");
    const tar = gunzipSync(readFileSync(path));
    // In the middle of the table's own text.
    const at = tar.indexOf("c4ca4238a0b923820dcc509a6f75849b");
    expect(at).toBeGreaterThan(0);
    tar[at] = (tar[at] ?? 0) ^ 1;
    writeFileSync(path, gzipSync(tar, { level: 1 }));
    await expect(verifyBackup(folder)).rejects.toThrow("is not what PostgreSQL wrote");
  });

  it("puts back what was there when the copy does not start", async () => {
    const target = makeTestFolder("creneau-put-back-");
    const before = await startEmbedded({ dataDir: target, isDurable: false });
    await ask(before.adminUrl, "CREATE TABLE mine AS SELECT 1 AS one");
    await before.stop();
    const secrets = readFileSync(join(target, "secrets.json"), "utf8");
    // Its list is right, and its log is missing.
    const folder = copyOfGood("without-log");
    const { create, extract } = await import("tar");
    const unpacked = makeTestFolder("creneau-unpacked-");
    await extract({ file: join(folder, "base.tar.gz"), cwd: unpacked });
    for (const name of readdirSync(join(unpacked, "pg_wal")).filter((each) => /^[0-9A-F]{24}$/.test(each)))
      rmSync(join(unpacked, "pg_wal", name));
    await create({ file: join(folder, "base.tar.gz"), cwd: unpacked, gzip: true }, readdirSync(unpacked));
    try {
      await expect(restoreBackup({ folder, dataDir: target, replaces: true })).rejects.toThrow(
        "does not start",
      );
      expect(readFileSync(join(target, "secrets.json"), "utf8")).toBe(secrets);
      expect(existsSync(join(target, "server.lock"))).toBe(false);
      const again = await startEmbedded({ dataDir: target, isDurable: false });
      expect(await ask(again.adminUrl, "SELECT one FROM mine")).toEqual([{ one: 1 }]);
      await again.stop();
      expect(readdirSync(target).filter((name) => name.includes("restore"))).toEqual([]);
    } finally {
      for (const each of [target, unpacked]) rmSync(each, { recursive: true, force: true });
    }
  }, 60_000);
});

function change(path: string, from: string, to: string): void {
  const text = readFileSync(path, "utf8");
  expect(text).toContain(from);
  writeFileSync(path, text.replace(from, to));
}
