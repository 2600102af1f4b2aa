import { parseArgs } from "node:util";
import { writeBackup } from "@creneau/db/embedded/write-backup";
import { EnvError, readEnv } from "../env.ts";
import { fail, note } from "../start/progress.ts";
import { runCommand } from "./run-command.ts";

const usage = "usage: npm run backup -- <folder>";

function megabytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MB`;
}

/** The folder that was named. Throws EnvError. */
function readWish(): string {
  const [folder, ...others] = parseArgs({ allowPositionals: true }).positionals;
  if (!folder || others.length > 0) throw new EnvError(usage);
  if (readEnv().DATABASE_URL)
    throw new EnvError(
      "DATABASE_URL: this copies the embedded database; an external one is backed up with pg_dump (docs/operating.md, Backups)",
    );
  return folder;
}

let folder: string;
try {
  folder = readWish();
} catch (error) {
  fail(error instanceof Error ? error.message : String(error));
  process.exit(2);
}
await runCommand(async ({ adminUrl }, env) => {
  const written = await writeBackup({ adminUrl, dataDir: env.DATA_DIR, folder, onProgress: note });
  console.log(
    `backup written to ${written.folder}: ${megabytes(written.bytes)}, ${megabytes(written.compressedBytes)} compressed; ${written.files} files read back and found good`,
  );
  if (env.AUTH_SECRET || env.ENCRYPTION_KEYS)
    note("AUTH_SECRET and ENCRYPTION_KEYS come from the environment: keep them with the backup");
});
