import { randomUUID } from "node:crypto";
import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { extract } from "tar";
import { backupFiles, readDescription, verifyBackup } from "./backup-files.ts";
import { hasCluster, majorVersion } from "./cluster-files.ts";
import type { DatabaseUser } from "./database-user.ts";
import { EmbeddedError, fromFileError } from "./embedded-error.ts";
import { lockFolder } from "./folder-lock.ts";
import { makeDataDir, placeCluster } from "./placement.ts";
import { findOrphan, launchPostmaster, stopPostmaster } from "./postmaster.ts";

interface RestoreOptions {
  /** What `writeBackup` wrote. */
  folder: string;
  dataDir: string;
  /** Puts a database that is there aside; else it is left alone and the restore refused. */
  replaces: boolean;
  onProgress?: (text: string) => void;
}

/** What was put back. */
export interface RestoredBackup {
  createdAt: string;
  /** Where the database that was there, and its secrets, are kept now; null when there was none. */
  kept: string | null;
}

/**
 * Puts a backup in place as the database of a data folder, and starts it once to the end of its recovery, so that what is
 * left is a database that serves. It begins a new timeline: whatever was seen of the time after the backup is known to be of
 * another history. Nothing is touched before the whole backup was found good, and what was there is put back when
 * something fails. Throws EmbeddedError, AlreadyRunningError when a process owns the data folder.
 */
export async function restoreBackup({
  dataDir: wanted,
  replaces,
  onProgress,
  ...options
}: RestoreOptions): Promise<RestoredBackup> {
  const folder = resolve(options.folder);
  const description = readDescription(folder);
  if (description.postgres !== majorVersion)
    throw new EmbeddedError(
      "other_version",
      `${folder} is of PostgreSQL ${description.postgres}, this release needs ${majorVersion}: restore it with the release that made it`,
    );
  onProgress?.("checking the backup");
  await verifyBackup(folder);
  const dataDir = makeDataDir(wanted);
  const unlock = lockFolder({ dataDir, address: "a restore" });
  try {
    const placement = placeCluster({ dataDir, onProgress });
    const { cluster, user } = placement;
    const isTaken = hasCluster(placement);
    if (isTaken && !replaces)
      throw new EmbeddedError(
        "has_database",
        `${dataDir} holds a database: choose another DATA_DIR, or say --replace to put it aside`,
      );
    const orphan = findOrphan(cluster);
    if (orphan) await stopPostmaster(orphan);
    assertSpace(dirname(cluster), description.bytes);
    onProgress?.("unpacking");
    const draft = join(dirname(cluster), `.${basename(cluster)}-${randomUUID()}`);
    const put = new Moves();
    try {
      await unpack(folder, draft, user);
      const kept = isTaken ? `before-restore-${new Date().toISOString().replace(/[:.]/g, "-")}` : null;
      if (kept) {
        put.move(cluster, `${cluster}-${kept}`);
        put.move(join(dataDir, "secrets.json"), join(dataDir, `secrets-${kept}.json`));
      }
      put.move(draft, cluster);
      put.copy(join(folder, backupFiles.secrets), join(dataDir, "secrets.json"));
      onProgress?.("starting it once");
      const postmaster = await launchPostmaster({
        placement,
        isDurable: true,
        onProgress,
        // Everything that is needed came along: there is no archive to fetch more from. Nobody is let in before the end.
        settings: { restore_command: "false", recovery_target_timeline: "current", hot_standby: "off" },
      });
      await stopPostmaster(postmaster);
      return { createdAt: description.createdAt, kept: kept && `${cluster}-${kept}` };
    } catch (error) {
      put.back();
      rmSync(draft, { recursive: true, force: true });
      throw error;
    }
  } catch (error) {
    throw fromFileError(error, dataDir);
  } finally {
    unlock();
  }
}

/** Changes of names that can be taken back. */
class Moves {
  readonly #undo: (() => void)[] = [];

  move(from: string, to: string): void {
    if (!existsSync(from)) return;
    renameSync(from, to);
    this.#undo.push(() => {
      rmSync(from, { recursive: true, force: true });
      renameSync(to, from);
    });
  }

  copy(from: string, to: string): void {
    copyFileSync(from, to);
    chmodSync(to, 0o600);
    this.#undo.push(() => rmSync(to, { force: true }));
  }

  back(): void {
    for (const undo of this.#undo.splice(0).reverse()) undo();
  }
}

async function unpack(folder: string, draft: string, user: DatabaseUser | undefined): Promise<void> {
  mkdirSync(draft, { mode: 0o700 });
  await extract({ file: join(folder, backupFiles.archive), cwd: draft, strict: true, preserveOwner: false });
  // Ends the recovery with a timeline of its own.
  writeFileSync(join(draft, "recovery.signal"), "");
  if (user) giveTo(user, draft);
  chmodSync(draft, 0o700);
}

function giveTo(user: DatabaseUser, path: string): void {
  if (lstatSync(path).isDirectory()) {
    for (const name of readdirSync(path)) giveTo(user, join(path, name));
    chownSync(path, user.uid, user.gid);
  } else lchownSync(path, user.uid, user.gid);
}

function assertSpace(folder: string, bytes: number): void {
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize < bytes)
    throw new EmbeddedError(
      "disk_full",
      `no space left on the disk that holds ${folder}: the restored database needs ${Math.ceil(bytes / 2 ** 20)} MB`,
    );
}
