import { parseArgs } from "node:util";
import { EmbeddedError } from "@creneau/db/embedded/embedded-error";
import { restoreBackup } from "@creneau/db/embedded/restore-backup";
import { EnvError, readEnv } from "../env.ts";
import { fail, note } from "../start/progress.ts";

const usage = "usage: npm run restore -- <folder> [--replace]";

function readWish(): { folder: string; replaces: boolean } {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { replace: { type: "boolean", default: false } },
  });
  const [folder, ...others] = positionals;
  if (!folder || others.length > 0) throw new EnvError(usage);
  return { folder, replaces: values.replace };
}

try {
  const env = readEnv();
  const { folder, replaces } = readWish();
  if (env.DATABASE_URL)
    throw new EnvError(
      "DATABASE_URL: this restores the embedded database; an external one is restored with pg_restore (docs/operating.md, Backups)",
    );
  const restored = await restoreBackup({ folder, dataDir: env.DATA_DIR, replaces, onProgress: note });
  console.log(
    `the database of ${env.DATA_DIR} is again as it was on ${restored.createdAt}; start the product`,
  );
  if (restored.kept) note(`what was there is kept in ${restored.kept}: remove it once all is well`);
} catch (error) {
  fail(error instanceof Error ? error.message : String(error));
  process.exit(error instanceof EnvError || error instanceof EmbeddedError ? 2 : 1);
}
