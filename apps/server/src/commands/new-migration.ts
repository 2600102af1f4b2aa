import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { migrate } from "@creneau/db/migrate";
import { diffToSchema, migrationsFolder } from "@creneau/db/schema-engine";
import { fail } from "../start/progress.ts";
import { runCommand } from "./run-command.ts";

const name = process.argv[2] ?? "";
if (!/^[a-z][a-z0-9_]*$/.test(name)) {
  fail("usage: npm run db:new -- <name>, in small letters, digits and _");
  process.exit(2);
}

await runCommand(async ({ adminUrl }) => {
  await migrate({ adminUrl });
  const statements = (await diffToSchema(adminUrl, "database")) ?? "";
  const stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
  const folder = join(migrationsFolder, `${stamp}_${name}`);
  mkdirSync(folder);
  const file = join(folder, "migration.sql");
  // An empty one is a start too: guards, functions and partial indexes are written by hand.
  writeFileSync(file, statements);
  console.log(`${statements === "" ? "the schema has nothing new; empty file" : "written"}: ${file}`);
});
