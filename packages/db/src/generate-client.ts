/**
 * Generates the Prisma client when the schema is newer than what was generated last.
 *
 * The CLI wants a native schema engine that it would download; `generate` never runs it, so pointing the CLI at any
 * existing file keeps the whole step offline.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const schemaFolder = `${root}prisma/schema/`;
const stampFile = `${root}packages/db/src/generated/.schema-hash`;

function schemaHash(): string {
  const hash = createHash("sha256");
  for (const name of readdirSync(schemaFolder).sort())
    hash.update(name).update(readFileSync(schemaFolder + name));
  hash.update(readFileSync(`${root}node_modules/@prisma/client/package.json`));
  return hash.digest("hex");
}

/** Generates the client if it is stale. Returns whether it had to. Throws with the generator's own words on failure. */
export function generateClient(): boolean {
  const wanted = schemaHash();
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === wanted) return false;
  const run = spawnSync(
    process.execPath,
    [`${root}node_modules/prisma/build/index.js`, "generate", "--schema", schemaFolder],
    {
      cwd: root,
      encoding: "utf8",
      env: {
        ...process.env,
        PRISMA_SCHEMA_ENGINE_BINARY: fileURLToPath(import.meta.url),
        PRISMA_HIDE_UPDATE_MESSAGE: "1",
        CHECKPOINT_DISABLE: "1",
      },
    },
  );
  if (run.status !== 0) throw new Error(`prisma generate failed:\n${run.stdout}${run.stderr}`);
  writeFileSync(stampFile, wanted);
  return true;
}

if (import.meta.main) generateClient();
