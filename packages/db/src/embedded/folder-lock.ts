import { randomUUID } from "node:crypto";
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { z } from "zod";
import { AlreadyRunningError, fromFileError } from "./embedded-error.ts";
import { identify, isSameProcessAlive } from "./process-identity.ts";

const holderSchema = z.object({
  pid: z.number(),
  boot: z.string(),
  startedAt: z.string(),
  address: z.string().optional(),
});

function read(path: string): { text: string; holder: z.infer<typeof holderSchema> | undefined } | undefined {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
  try {
    return { text, holder: holderSchema.parse(JSON.parse(text)) };
  } catch {
    return { text, holder: undefined };
  }
}

/** The live process that owns a data folder, if any. */
export function lockHolder(dataDir: string): { pid: number; address?: string } | undefined {
  const holder = read(join(dataDir, "server.lock"))?.holder;
  return holder && isSameProcessAlive(holder) ? { pid: holder.pid, address: holder.address } : undefined;
}

/** Throws AlreadyRunningError if a live process owns the data folder: a quick look before anything slow is begun. */
export function checkUnlocked(dataDir: string): void {
  const holder = lockHolder(dataDir);
  if (holder) throw new AlreadyRunningError({ dataDir: resolve(dataDir), ...holder });
}

function moveAway(path: string, staleText: string): void {
  const aside = `${path}.${randomUUID()}`;
  try {
    renameSync(path, aside);
  } catch {
    return; // somebody else moved it first
  }
  if (read(aside)?.text !== staleText) {
    // Between reading and renaming another process had taken the stale lock's place: give its lock back.
    try {
      linkSync(aside, path);
    } catch {
      // A third one was quicker; the advisory lock inside PostgreSQL decides between them.
    }
  }
  rmSync(aside, { force: true });
}

/**
 * Takes the data folder for this process. The lock names the process by pid, boot and start time, so one left by a
 * killed process, or by another boot, is recognised and replaced. Returns how to give it back.
 * Throws AlreadyRunningError, or an EmbeddedError when the folder cannot be written.
 */
export function lockFolder({ dataDir, address }: { dataDir: string; address?: string }): () => void {
  const path = join(dataDir, "server.lock");
  const draft = `${path}.${randomUUID()}`;
  const mine = JSON.stringify({ ...identify(), address });
  try {
    writeFileSync(draft, mine, { flag: "wx" });
    for (let attempt = 0; attempt < 20; attempt++) {
      try {
        // A hard link is created whole or not at all, so nobody ever reads half a lock.
        linkSync(draft, path);
        return () => {
          if (read(path)?.text === mine) rmSync(path, { force: true });
        };
      } catch (error) {
        if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
      }
      const found = read(path);
      if (!found) continue;
      if (found.holder && isSameProcessAlive(found.holder)) {
        throw new AlreadyRunningError({ dataDir, address: found.holder.address, pid: found.holder.pid });
      }
      moveAway(path, found.text);
    }
    throw new AlreadyRunningError({ dataDir });
  } catch (error) {
    throw fromFileError(error, dataDir);
  } finally {
    rmSync(draft, { force: true });
  }
}
