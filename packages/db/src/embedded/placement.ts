import { randomUUID } from "node:crypto";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  realpathSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { type Binaries, copyBinaries, findBinaries, linkLibraries } from "./binaries.ts";
import { canReach, chooseDatabaseUser, type DatabaseUser } from "./database-user.ts";
import { EmbeddedError, fromFileError } from "./embedded-error.ts";

/** Where a data folder's server lives and who runs it. `cluster` is a real path, which may not exist yet. */
export interface Placement {
  dataDir: string;
  cluster: string;
  binaries: Binaries;
  user: DatabaseUser | undefined;
}

/** Where root keeps what an unprivileged account must reach when the data folder lies in a private place. */
const sharedFolder = "/var/lib/creneau";

function openFolder(path: string): void {
  mkdirSync(path, { recursive: true, mode: 0o755 });
  chmodSync(path, 0o755);
}

/** Creates the data folder. Others may pass through it (never list it), as the database's account must. */
export function makeDataDir(path: string): string {
  const dataDir = resolve(path);
  try {
    if (!existsSync(dataDir)) {
      mkdirSync(dataDir, { recursive: true });
      chmodSync(dataDir, 0o711);
    }
    return realpathSync(dataDir);
  } catch (error) {
    throw fromFileError(error, dataDir);
  }
}

function moveCluster(link: string): string {
  const home = join(sharedFolder, randomUUID());
  openFolder(home);
  writeFileSync(join(home, "data-folder"), `${link}\n`); // so that a person can tell whose database this is
  const cluster = join(home, "postgres");
  // A folder that became private after its database was made takes its database along.
  if (lstatSync(link, { throwIfNoEntry: false })?.isDirectory()) renameSync(link, cluster);
  symlinkSync(cluster, link);
  return cluster;
}

/** Where the cluster of a data folder is: `postgres` inside it, or where the link of that name leads. */
export function clusterFolder(dataDir: string): string {
  const link = join(dataDir, "postgres");
  if (!lstatSync(link, { throwIfNoEntry: false })) return link;
  try {
    return realpathSync(link);
  } catch (error) {
    throw new EmbeddedError("start_failed", `the database of ${dataDir} is missing: ${link} leads nowhere`, {
      cause: error,
    });
  }
}

/**
 * Decides where the server of a data folder lives. Started by root from a place only root may enter (a clone in
 * /root), its programs and its data go below /var/lib/creneau and `DATA_DIR/postgres` becomes a link to them.
 * Throws EmbeddedError.
 */
export function placeCluster({
  dataDir,
  onProgress,
}: {
  dataDir: string;
  onProgress?: (text: string) => void;
}): Placement {
  try {
    let cluster = clusterFolder(dataDir);
    let binaries = findBinaries();
    const user = chooseDatabaseUser(cluster);
    if (user) {
      linkLibraries(binaries);
      if (!canReach(user, join(binaries.folder, "bin/postgres"))) {
        openFolder(sharedFolder);
        binaries = copyBinaries(binaries, sharedFolder);
      }
      if (!canReach(user, existsSync(cluster) ? resolve(cluster, "..") : dataDir)) {
        cluster = moveCluster(join(dataDir, "postgres"));
        onProgress?.(`database kept in ${cluster}: its account cannot enter ${dataDir}`);
      }
    } else {
      if (!linkLibraries(binaries)) binaries = copyBinaries(binaries, dataDir);
      const owner = statSync(cluster, { throwIfNoEntry: false })?.uid;
      if (owner !== undefined && owner !== process.getuid?.()) {
        throw new EmbeddedError(
          "not_writable",
          `${cluster} belongs to another account (uid ${owner}); start as that one`,
        );
      }
    }
    return { dataDir, cluster, binaries, user };
  } catch (error) {
    throw fromFileError(error, dataDir);
  }
}
