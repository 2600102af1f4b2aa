import { watch } from "chokidar";

function isSource(path: string): boolean {
  return /\.tsx?$/.test(path) && !/\.(test|fixture)\.tsx?$/.test(path);
}

/**
 * Calls back with the path of each TypeScript file that is written, added or removed below the folders; tests do not
 * count. Resolves once it watches, with how to stop.
 */
export async function watchSources(
  folders: string[],
  onChange: (path: string) => void,
): Promise<() => Promise<void>> {
  const watcher = watch(folders, {
    ignoreInitial: true,
    ignored: (path, stats) => stats?.isFile() === true && !isSource(path),
  });
  watcher.on("all", (_event, path) => {
    if (isSource(path)) onChange(path);
  });
  await new Promise<void>((ready) => watcher.once("ready", ready));
  return () => watcher.close();
}
