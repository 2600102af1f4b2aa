import { randomUUID } from "node:crypto";
import { once } from "node:events";
import {
  chmodSync,
  closeSync,
  copyFileSync,
  createWriteStream,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { finished } from "node:stream/promises";
import { constants, createGzip } from "node:zlib";
import { type BackupDescription, backupFiles, verifyBackup } from "./backup-files.ts";
import { streamBaseBackup } from "./base-backup.ts";
import { majorVersion } from "./cluster-files.ts";
import { EmbeddedError, fromFileError } from "./embedded-error.ts";

interface WriteBackupOptions {
  /** The owner's connection to the running database of `dataDir`. */
  adminUrl: string;
  dataDir: string;
  /** Where the backup goes: a folder that does not exist yet, or an empty one. */
  folder: string;
  onProgress?: (text: string) => void;
}

/** What was written. */
export interface WrittenBackup {
  folder: string;
  /** Of the database, and of the compressed copy. */
  bytes: number;
  compressedBytes: number;
  /** Files that were read back and compared. */
  files: number;
}

const progressMs = 5_000;

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20)} MB`;
}

function syncFile(path: string): void {
  const file = openSync(path, "r");
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function assertEmpty(folder: string): void {
  const stat = statSync(folder, { throwIfNoEntry: false });
  if (!stat) return;
  if (!stat.isDirectory() || readdirSync(folder).length > 0)
    throw new EmbeddedError(
      "not_writable",
      `${folder} is there already: name a folder that is not, or an empty one`,
    );
}

/**
 * Copies the embedded database into a folder while it serves and writes on: the state of one moment, that of the end of the
 * copying, with the secrets that belong to it. Everything is read back and compared with PostgreSQL's own list before the
 * folder gets its name, so one that is there is good. Throws EmbeddedError.
 */
export async function writeBackup({
  adminUrl,
  dataDir,
  onProgress,
  ...wanted
}: WriteBackupOptions): Promise<WrittenBackup> {
  const folder = resolve(wanted.folder);
  assertEmpty(folder);
  const draft = join(dirname(folder), `.${basename(folder)}-${randomUUID()}`);
  try {
    mkdirSync(dirname(folder), { recursive: true });
    mkdirSync(draft, { mode: 0o700 });
    const bytes = await writeArchive(draft, { adminUrl, onProgress });
    copyFileSync(join(dataDir, "secrets.json"), join(draft, backupFiles.secrets));
    chmodSync(join(draft, backupFiles.secrets), 0o600);
    const description: BackupDescription = {
      format: 1,
      postgres: majorVersion,
      createdAt: new Date().toISOString(),
      bytes,
    };
    writeFileSync(join(draft, backupFiles.description), `${JSON.stringify(description, undefined, 2)}\n`);
    for (const name of Object.values(backupFiles)) syncFile(join(draft, name));
    syncFile(draft);
    onProgress?.("reading it back");
    const files = await verifyBackup(draft);
    const compressedBytes = statSync(join(draft, backupFiles.archive)).size;
    renameSync(draft, folder);
    syncFile(dirname(folder));
    return { folder, bytes, compressedBytes, files };
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    throw fromFileError(error, folder);
  }
}

async function writeArchive(
  draft: string,
  { adminUrl, onProgress }: Pick<WriteBackupOptions, "adminUrl" | "onProgress">,
): Promise<number> {
  const file = createWriteStream(join(draft, backupFiles.archive), { mode: 0o600 });
  // The fastest level: the machine has visitors to serve.
  const archive = createGzip({ level: constants.Z_BEST_SPEED });
  const written = finished(archive.pipe(file));
  file.on("error", (error) => archive.destroy(error));
  // Waited for below; an error reaches the copying at once through the stream.
  written.catch(() => {});
  await once(file, "open");
  let bytes = 0;
  let saidAt = performance.now();
  const manifest = await streamBaseBackup({
    adminUrl,
    label: "creneau backup",
    archive,
    onProgress(total) {
      bytes = total;
      if (performance.now() - saidAt < progressMs) return;
      saidAt = performance.now();
      onProgress?.(`${megabytes(total)} copied`);
    },
  });
  archive.end();
  await written;
  writeFileSync(join(draft, backupFiles.manifest), manifest, { mode: 0o600 });
  return bytes;
}
