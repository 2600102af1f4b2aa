import { type FSWatcher, readdirSync, watch } from "node:fs";
import { join } from "node:path";

function isSource(name: string): boolean {
  return /\.tsx?$/.test(name) && !/\.(test|fixture)\.tsx?$/.test(name);
}

function foldersBelow(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name));
}

/**
 * Calls back with the path of each TypeScript file that is written, added or removed below the folders; tests do not
 * count. Returns how to stop. Each folder is watched by itself: Node's recursive watch on Linux follows files, and
 * loses one that an editor replaces by renaming.
 */
export function watchSources(folders: string[], onChange: (path: string) => void): () => void {
  const watchers = new Map<string, FSWatcher>();

  function add(folder: string): void {
    if (watchers.has(folder)) return;
    const watcher = watch(folder, (_, name) => {
      if (name === null) return;
      if (isSource(name)) onChange(join(folder, name));
      else lookAgain();
    });
    watcher.on("error", () => forget(folder));
    watchers.set(folder, watcher);
  }

  function forget(folder: string): void {
    watchers.get(folder)?.close();
    watchers.delete(folder);
  }

  function addAll(): void {
    const present = new Set(folders.flatMap((folder) => [folder, ...foldersBelow(folder)]));
    for (const folder of watchers.keys()) if (!present.has(folder)) forget(folder);
    for (const folder of present) add(folder);
  }

  function lookAgain(): void {
    try {
      addAll();
    } catch {
      // A folder went while it was looked at: the news of that leads here once more.
    }
  }

  addAll();
  return () => {
    for (const folder of [...watchers.keys()]) forget(folder);
  };
}
