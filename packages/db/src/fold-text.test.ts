import { foldReference, foldText } from "@creneau/domain/text/fold-text";
import fc from "fast-check";
import { Client } from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "./testing/test-database.ts";

let database: TestDatabase;
let client: Client;
beforeAll(async () => {
  database = await createTestDatabase();
  client = new Client({ connectionString: database.url });
  client.on("error", () => undefined);
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

async function foldedBySql(texts: string[], fold = "fold_text"): Promise<string[]> {
  const { rows } = await client.query<{ folded: string }>(
    `SELECT ${fold}(t.text) AS folded FROM unnest($1::text[]) WITH ORDINALITY AS t(text, position) ORDER BY position`,
    [texts],
  );
  return rows.map(({ folded }) => folded);
}

it("folds every letter there is as the database does", async () => {
  const letters: string[] = [];
  for (let code = 1; code < 0x3_0000; code++) {
    if (code >= 0xd800 && code <= 0xdfff) continue;
    const letter = String.fromCodePoint(code);
    if (!/\p{Unassigned}/u.test(letter)) letters.push(`a${letter}B`);
  }
  // A letter newer than the database's Unicode is decomposed by neither until it is known to both.
  const known = await foldedBySql(letters, "unicode_assigned");
  const both = letters.filter((_, index) => known[index]);
  expect(both.length).toBeGreaterThan(140_000);
  const folded = await foldedBySql(both);
  const different = both.filter((text, index) => folded[index] !== foldText(text));
  expect(different.map((text) => `${text} U+${text.codePointAt(1)?.toString(16)}`)).toEqual([]);
});

it("folds every text as the database does, and folded text stays as it is", async () => {
  const text = fc.string({ unit: "binary", maxLength: 30 }).map((each) => each.replaceAll("\0", ""));
  const latin = fc.string({
    unit: fc.constantFrom(..."aÉœŒßıİłĐ’'`´-–— \t\u00a0\u0301ﬁ％_\\"),
    maxLength: 12,
  });
  const texts = fc.sample(fc.oneof(text, latin), { numRuns: 5_000, seed: 1 });
  const folded = await foldedBySql(texts);
  expect(folded).toEqual(texts.map(foldText));
  expect(folded.map(foldText)).toEqual(folded);
  expect(await foldedBySql(texts, "fold_reference")).toEqual(texts.map(foldReference));
});

it("does so in a database of whatever collation", async () => {
  const admin = new Client({ connectionString: database.adminUrl });
  await admin.connect();
  const { rows } = await admin.query<{ name: string }>(
    "SELECT quote_ident(collname) AS name FROM pg_collation WHERE collname IN ('C', 'POSIX', 'und-x-icu', 'tr-x-icu', 'pg_c_utf8')",
  );
  expect(rows.length).toBeGreaterThan(1);
  for (const { name } of rows) {
    const { rows: folded } = await admin.query(`SELECT fold_text('ISTANBUL Iİıi' COLLATE ${name}) AS text`);
    expect(folded, name).toEqual([{ text: "istanbul iiii" }]);
  }
  await admin.end();
});
