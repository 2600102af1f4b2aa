import { createHash, type Hash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { list } from "tar";
import { z } from "zod";
import { type ManifestFile, readManifest } from "./backup-manifest.ts";
import { EmbeddedError } from "./embedded-error.ts";

/** Files of a backup's folder. */
export const backupFiles = {
  /** The data folder as PostgreSQL sent it, compressed. */
  archive: "base.tar.gz",
  manifest: "backup_manifest",
  secrets: "secrets.json",
  /** Written last: a folder without it is none. */
  description: "backup.json",
} as const;

const descriptionSchema = z.object({
  format: z.literal(1),
  /** Major version of PostgreSQL. */
  postgres: z.string(),
  createdAt: z.string(),
  /** Of the data folder, not compressed. */
  bytes: z.number(),
});

/** What a backup is. */
export type BackupDescription = z.infer<typeof descriptionSchema>;

/** Reads what a backup says of itself. Throws EmbeddedError `no_backup`. */
export function readDescription(folder: string): BackupDescription {
  const path = join(folder, backupFiles.description);
  try {
    return descriptionSchema.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch (error) {
    throw new EmbeddedError(
      "no_backup",
      `${folder} is not a backup of Créneau (no good ${backupFiles.description})`,
      {
        cause: error,
      },
    );
  }
}

/** Reads PostgreSQL's list of the backup's files. */
export function readBackupManifest(folder: string): Map<string, ManifestFile> {
  let text: string;
  try {
    text = readFileSync(join(folder, backupFiles.manifest), "utf8");
  } catch (error) {
    throw new EmbeddedError("damaged_backup", `${folder}: ${backupFiles.manifest} is missing`, {
      cause: error,
    });
  }
  return readManifest(text);
}

/**
 * Reads a whole backup and compares every file in it with PostgreSQL's own list. Returns how many there are. Throws
 * EmbeddedError `damaged_backup` with the first one that is missing, cut off or changed.
 */
export async function verifyBackup(folder: string): Promise<number> {
  const expected = readBackupManifest(folder);
  const found = new Map<string, { size: number; hash: Hash }>();
  try {
    await list({
      file: join(folder, backupFiles.archive),
      strict: true,
      onReadEntry(entry) {
        const file = { size: 0, hash: createHash("sha256") };
        found.set(entry.path, file);
        entry.on("data", (chunk: Buffer) => {
          file.size += chunk.length;
          file.hash.update(chunk);
        });
      },
    });
  } catch (error) {
    throw new EmbeddedError("damaged_backup", `${folder}: ${backupFiles.archive} is damaged or cut off`, {
      cause: error,
    });
  }
  for (const [path, { size, checksum }] of expected) {
    const file = found.get(path);
    if (!file) throw new EmbeddedError("damaged_backup", `${folder}: ${path} is missing`);
    if (file.size !== size || file.hash.digest("hex") !== checksum)
      throw new EmbeddedError("damaged_backup", `${folder}: ${path} is not what PostgreSQL wrote`);
  }
  return expected.size;
}
