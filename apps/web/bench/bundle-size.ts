/** JavaScript of every route; run by `npm run bench -- bundle`. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const build = fileURLToPath(new URL("../.next/", import.meta.url));
const app = join(build, "server/app");

const sizes = new Map<string, number>();
/** Kilobytes of a script after gzip, as it travels. */
function gzipped(file: string): number {
  const known = sizes.get(file);
  if (known !== undefined) return known;
  const size = gzipSync(readFileSync(join(build, file)), { level: 9 }).length / 1000;
  sizes.set(file, size);
  return size;
}

function readJson<T>(path: string): T | null {
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as T) : null;
}

/** Scripts that each part of a route names in its client manifest: layouts, page, error and not-found screens. */
function entryFiles(folder: string): Map<string, string[]> {
  const text = readFileSync(join(folder, "page_client-reference-manifest.js"), "utf8");
  const found = /"entryJSFiles":(\{.*?\})\s*[,}]/s.exec(text)?.[1];
  const entries: Record<string, string[]> = found ? JSON.parse(found) : {};
  return new Map(Object.entries(entries));
}

/** Folders of the build that hold a page. */
function* pageFolders(folder: string): Generator<string> {
  if (existsSync(join(folder, "page_client-reference-manifest.js"))) yield folder;
  for (const entry of readdirSync(folder, { withFileTypes: true }))
    if (entry.isDirectory() && entry.name !== "page") yield* pageFolders(join(folder, entry.name));
}

/** What a browser loads before a route answers to its visitor, and what stays for later. */
function measure(folder: string) {
  const manifest = readJson<{ rootMainFiles: string[] }>(join(folder, "page/build-manifest.json"));
  const files = new Set(manifest?.rootMainFiles ?? []);
  // A page names the scripts of its error and not-found screens too, and a browser loads all that is named.
  for (const scripts of entryFiles(folder).values()) for (const script of scripts) files.add(script);
  const lazy = Object.values(
    readJson<Record<string, { files: string[] }>>(join(folder, "page/react-loadable-manifest.json")) ?? {},
  ).map((chunk) => chunk.files.filter((file) => file.endsWith(".js")));
  // A page that is nothing but a loader loads its one great part at once: the calendar's grid.
  const great = lazy.filter((chunk) => chunk.reduce((sum, file) => sum + gzipped(file), 0) > 60);
  for (const file of great.flat()) files.add(file);
  const later = new Set(lazy.flat().filter((file) => !files.has(file)));
  const sum = (list: Iterable<string>) => [...list].reduce((total, file) => total + gzipped(file), 0);
  return { first: sum(files), later: sum(later) };
}

if (!existsSync(app)) {
  console.error("Build the web app first: npm start");
  process.exit(2);
}

/** Kilobytes that a route may cost its visitor: the staff's calendar, and what clients open. */
function goalOf(route: string): number | null {
  if (route.endsWith("/dashboard/calendar")) return 350;
  return /^\/\[locale\]\/(book|manage|portal|embed|waitlist)\b/.test(route) ? 150 : null;
}

const rows = [...pageFolders(app)].map((folder) => {
  const route = folder.slice(app.length) || "/";
  const { first, later } = measure(folder);
  const goal = goalOf(route);
  return { what: route, first: first.toFixed(1), later: later.toFixed(1), goal: goal ? `< ${goal}` : "" };
});
// What `npm run bench -- bundle` prints and keeps.
console.log(
  JSON.stringify({
    tables: [{ title: "kB of JavaScript after gzip, before the page is of use and later", rows }],
    notes: [
      "Counted from the build's manifests: every script of layouts and page, and the one great part that a page loads at once.",
    ],
  }),
);
