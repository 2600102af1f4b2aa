import { type StatsFs, statfsSync } from "node:fs";
import { type Finding, fault, fine, hint } from "./finding.ts";

const about = "disk";
const gigabyte = 2 ** 30;
/** Below this, PostgreSQL stops taking writes at the next busy hour. */
const leastBytes = gigabyte / 2;
const little = { bytes: 2 * gigabyte, share: 0.1 };

/** How much is left where the embedded database and the secrets are. */
export function checkDisk({ dataDir, isEmbedded }: { dataDir: string; isEmbedded: boolean }): Finding[] {
  if (!isEmbedded) return [fine(about, "the database's disk is not ours to look at: watch it where it is")];
  return [judgeDisk(dataDir, statfsSync(dataDir))];
}

/** What the figures of a file system mean. */
export function judgeDisk(
  folder: string,
  { bavail, blocks, bsize, ffree, files }: Pick<StatsFs, "bavail" | "blocks" | "bsize" | "ffree" | "files">,
): Finding {
  const free = bavail * bsize;
  const share = bavail / blocks;
  const words = `${(free / gigabyte).toFixed(1)} GB free where ${folder} is (${Math.round(share * 100)} %)`;
  if (files > 0 && ffree / files < 0.01)
    return fault(about, `hardly any file can be made where ${folder} is (no inodes)`, "remove small files");
  if (free < leastBytes) return fault(about, words, "free space: when it is full, nothing can be booked");
  if (free < little.bytes || share < little.share) return hint(about, words, "free space before it is full");
  return fine(about, words);
}
