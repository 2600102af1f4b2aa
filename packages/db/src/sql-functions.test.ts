import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { advisoryLocks } from "./advisory-locks.ts";
import { applyFunctions, type FunctionFile, functionFiles, functionsHash } from "./sql-functions.ts";
import { createTestDatabase, type TestDatabase } from "./testing/test-database.ts";

let test: TestDatabase;
let admin: Client;

beforeAll(async () => {
  test = await createTestDatabase();
  admin = new Client({ connectionString: test.adminUrl });
  await admin.connect();
});

afterAll(async () => {
  await admin.end();
  await test.drop();
});

interface DatabaseFunction {
  name: string;
  /** Arguments, result, language, settings and body; comparable between schemas. */
  definition: string;
  owner: string;
  rights: string[];
  isDefiner: boolean;
  isPublic: boolean;
}

/** Functions of one schema, without those of extensions. */
async function functionsOf(schema: string): Promise<DatabaseFunction[]> {
  const { rows } = await admin.query<DatabaseFunction>(
    `SELECT p.proname AS name, pg_get_functiondef(p.oid) AS definition, pg_get_userbyid(p.proowner) AS owner, p.prosecdef AS "isDefiner",
       ARRAY(SELECT acl::text FROM unnest(coalesce(p.proacl, acldefault('f', p.proowner))) AS acl ORDER BY 1) AS rights,
       EXISTS (SELECT FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) WHERE grantee = 0) AS "isPublic"
     FROM pg_proc p WHERE p.pronamespace = $1::regnamespace
       AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
     ORDER BY 1`,
    [schema],
  );
  return rows.map((row) => ({ ...row, definition: row.definition.replaceAll(`${schema}.`, "public.") }));
}

/** What each file makes when it is applied by itself, in a schema of its own; nothing of it stays. */
async function functionsOfFiles(): Promise<Map<FunctionFile, DatabaseFunction[]>> {
  const made = new Map<FunctionFile, DatabaseFunction[]>();
  for (const file of functionFiles()) {
    await admin.query("BEGIN; CREATE SCHEMA apart; GRANT USAGE, CREATE ON SCHEMA apart TO creneau_system");
    // Bodies are checked here, for they are not while all files are applied.
    await admin.query("SET LOCAL search_path = apart, public");
    await admin.query(file.sql);
    made.set(file, await functionsOf("apart"));
    await admin.query("ROLLBACK");
  }
  return made;
}

describe("the functions of the schema", () => {
  it("are one a file, each equal to its file: body, settings, owner and rights", async () => {
    const present = await functionsOf("public");
    expect(present.length).toBeGreaterThan(50);
    const files = await functionsOfFiles();
    for (const [{ name }, made] of files) expect(made.map((one) => one.name)).toEqual([name]);
    expect(present).toEqual([...files.values()].flat().sort((a, b) => (a.name < b.name ? -1 : 1)));
  });

  it.each([
    ["a setting is lost", "ALTER FUNCTION booking_place(jsonb, timestamptz) RESET plan_cache_mode"],
    [
      "a body changes",
      "CREATE OR REPLACE FUNCTION epoch_ms(at timestamptz) RETURNS bigint LANGUAGE sql STABLE RETURN 0",
    ],
    [
      "an owner changes",
      "ALTER FUNCTION append_event(text, uuid, integer, uuid, jsonb) OWNER TO creneau_system",
    ],
    ["everybody may call it", "GRANT EXECUTE ON FUNCTION prune_expired() TO PUBLIC"],
    ["a function has no file", "CREATE FUNCTION epoch_ms(at date) RETURNS bigint LANGUAGE sql RETURN 0"],
  ])("twin: are found to differ when %s", async (_what, statement) => {
    const before = await functionsOf("public");
    await admin.query("BEGIN");
    await admin.query(statement);
    expect(await functionsOf("public")).not.toEqual(before);
    await admin.query("ROLLBACK");
  });

  it("belong to creneau_system and are not everybody's where they have their definer's rights", async () => {
    const definers = (await functionsOf("public")).filter(({ isDefiner }) => isDefiner);
    expect(definers.length).toBeGreaterThan(15);
    for (const { name, owner, isPublic } of definers)
      expect({ name, owner, isPublic }).toEqual({ name, owner: "creneau_system", isPublic: false });
  });

  it("name the schema that a definer looks in, so that nobody can plant a table before it", async () => {
    for (const { name, definition, isDefiner } of await functionsOf("public"))
      if (isDefiner)
        expect({ name, definition }).toEqual({
          name,
          definition: expect.stringMatching(/SET search_path TO 'public', 'pg_temp'/),
        });
  });
});

describe("applying them", () => {
  const versionOf = (body: string): FunctionFile[] => [
    {
      slice: "test",
      name: "answer",
      sql: `CREATE OR REPLACE FUNCTION answer() RETURNS integer LANGUAGE sql AS 'SELECT ${body}'`,
    },
  ];
  const answer = async () => (await admin.query<{ answer: number }>("SELECT answer()")).rows[0]?.answer;

  it("puts a version in force once, however many processes start at once", async () => {
    const counted = versionOf("1");
    const applied = await Promise.all(
      Array.from({ length: 8 }, () => applyFunctions(test.adminUrl, { keepsNewer: true, files: counted })),
    );
    expect(applied.filter(Boolean)).toHaveLength(1);
    expect(await answer()).toBe(1);
  });

  it("is all or nothing", async () => {
    const broken = [
      ...versionOf("2"),
      { slice: "test", name: "zz", sql: "CREATE OR REPLACE FUNCTION zz() nonsense" },
    ];
    await expect(applyFunctions(test.adminUrl, { keepsNewer: true, files: broken })).rejects.toThrow(
      /prisma\/functions\/test\/zz\.sql failed/,
    );
    expect(await answer()).toBe(1);
  });

  it("leaves a newer version alone when a process of the old one starts once more, and goes back when asked", async () => {
    expect(await applyFunctions(test.adminUrl, { keepsNewer: true, files: versionOf("3") })).toBe(true);
    expect(await applyFunctions(test.adminUrl, { keepsNewer: true, files: versionOf("1") })).toBe(false);
    expect(await answer()).toBe(3);
    expect(await applyFunctions(test.adminUrl, { keepsNewer: false, files: versionOf("1") })).toBe(true);
    expect(await answer()).toBe(1);
    expect(await applyFunctions(test.adminUrl, { keepsNewer: true, files: versionOf("1") })).toBe(false);
    expect(await applyFunctions(test.adminUrl, { keepsNewer: true, files: versionOf("4") })).toBe(true);
    expect(await answer()).toBe(4);
  });

  it("leaves a database alone that has migrations of a newer version", async () => {
    await admin.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at) VALUES ('next', '', '99990101000000_next', now(), now())`,
    );
    expect(await applyFunctions(test.adminUrl, { keepsNewer: true, files: versionOf("5") })).toBe(false);
    expect(await answer()).toBe(4);
    await admin.query("DELETE FROM _prisma_migrations WHERE id = 'next'");
  });

  it("knows sets apart by name and by text", () => {
    const [file] = versionOf("1") as [FunctionFile];
    expect(functionsHash([file])).toBe(functionsHash([{ ...file }]));
    expect(functionsHash([file])).not.toBe(functionsHash([{ ...file, name: "other" }]));
    expect(functionsHash([file])).not.toBe(functionsHash([{ ...file, sql: `${file.sql} ` }]));
  });
});

describe("advisory locks", () => {
  const root = fileURLToPath(new URL("../../../", import.meta.url));
  const calls = (text: string) => [...text.matchAll(/pg_(?:try_)?advisory_\w+\(/g)].length;

  it("have one number for one meaning", () => {
    const numbers = Object.values(advisoryLocks);
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it("have, in SQL functions, a number of the list", () => {
    const known = new Set<number>(Object.values(advisoryLocks));
    let seen = 0;
    for (const { name, sql } of functionFiles()) {
      const numbers = [...sql.matchAll(/pg_(?:try_)?advisory_\w+\(hashtextextended\(.*?, (\d+)\)\)/g)].map(
        (match) => Number(match[1]),
      );
      expect({ name, calls: calls(sql) }).toEqual({ name, calls: numbers.length });
      for (const number of numbers) expect(known).toContain(number);
      seen += numbers.length;
    }
    expect(seen).toBeGreaterThan(5);
  });

  it("have, in TypeScript, no number of their own", () => {
    const sources = ["packages", "apps", "prisma"].flatMap((folder) =>
      readdirSync(root + folder, { recursive: true, encoding: "utf8" })
        .filter((path) => path.endsWith(".ts") && !/node_modules|generated|\.next/.test(path))
        .map((path) => `${root}${folder}/${path}`),
    );
    const lockers = sources.filter(
      (path) => path !== fileURLToPath(import.meta.url) && calls(readFileSync(path, "utf8")) > 0,
    );
    expect(lockers.length).toBeGreaterThan(2);
    for (const path of lockers)
      expect({ path, text: readFileSync(path, "utf8") }).toEqual({
        path,
        text: expect.stringContaining("advisoryLocks."),
      });
  });
});
