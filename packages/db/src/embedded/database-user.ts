import { spawnSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { EmbeddedError } from "./embedded-error.ts";

/** The system account PostgreSQL runs under when the server itself is root; PostgreSQL refuses to run as root. */
export interface DatabaseUser {
  uid: number;
  gid: number;
}

function findAccount(name: string): DatabaseUser | undefined {
  const line = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .find((entry) => entry.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(":") ?? [];
  return uid !== undefined && gid !== undefined ? { uid: Number(uid), gid: Number(gid) } : undefined;
}

/**
 * Chooses the account for the database: none when this process is not root; else the owner of an existing cluster, the
 * system's `postgres`, an own system account, or `nobody`, in that order. Throws EmbeddedError if there is none.
 */
export function chooseDatabaseUser(clusterFolder: string): DatabaseUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const owner = statSync(clusterFolder, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const existing = findAccount("postgres") ?? findAccount("creneau");
  if (existing) return existing;
  spawnSync("useradd", ["--system", "--no-create-home", "--shell", "/usr/sbin/nologin", "creneau"], {
    stdio: "ignore",
  });
  const user = findAccount("creneau") ?? findAccount("nobody");
  if (!user) {
    throw new EmbeddedError(
      "no_database_user",
      "PostgreSQL does not run as root and no other account exists: start Créneau as an ordinary user",
    );
  }
  return user;
}

/** Whether an account may enter a folder (or run a file) and every folder above it, by permission bits. */
export function canReach(user: DatabaseUser, path: string): boolean {
  const stat = statSync(path);
  const bit = stat.uid === user.uid ? 0o100 : stat.gid === user.gid ? 0o010 : 0o001;
  if ((stat.mode & bit) === 0) return false;
  const parent = dirname(path);
  return parent === path || canReach(user, parent);
}
