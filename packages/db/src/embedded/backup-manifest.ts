import { createHash } from "node:crypto";
import { z } from "zod";
import { EmbeddedError } from "./embedded-error.ts";

const manifestSchema = z.object({
  "PostgreSQL-Backup-Manifest-Version": z.number(),
  Files: z.array(
    z.object({
      Path: z.string().optional(),
      "Encoded-Path": z.string().optional(),
      Size: z.number(),
      "Checksum-Algorithm": z.literal("SHA256"),
      Checksum: z.string(),
    }),
  ),
  "Manifest-Checksum": z.string(),
});

/** What a file of a backup must be. */
export interface ManifestFile {
  size: number;
  /** SHA-256, hexadecimal. */
  checksum: string;
}

/**
 * PostgreSQL's list of a backup's files, by path. The files of the log are not in it: each record there has a checksum of
 * its own. Throws EmbeddedError `damaged_backup` when the list is not what PostgreSQL wrote.
 */
export function readManifest(text: string): Map<string, ManifestFile> {
  // The checksum is that of everything before the last line, which holds it.
  const body = text.slice(0, text.lastIndexOf('"Manifest-Checksum"'));
  let manifest: z.infer<typeof manifestSchema>;
  try {
    manifest = manifestSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new EmbeddedError("damaged_backup", "the backup's list of files cannot be read", { cause: error });
  }
  if (createHash("sha256").update(body).digest("hex") !== manifest["Manifest-Checksum"])
    throw new EmbeddedError("damaged_backup", "the backup's list of files was changed or cut off");
  return new Map(
    manifest.Files.map(({ Path, "Encoded-Path": encoded, Size: size, Checksum: checksum }) => [
      Path ?? Buffer.from(encoded ?? "", "hex").toString("utf8"),
      { size, checksum },
    ]),
  );
}
