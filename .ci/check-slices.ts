/**
 * Checks the rooms of the house and exits with 1 on a finding:
 *  - slices form layers: no two folders of `packages/api/src` or of `apps/web/src/features` reach each other by
 *    imports, types included, over however many folders between;
 *  - a slice of the API speaks a closed vocabulary: the fixed names below, a verb and a noun for a use case, or a name
 *    listed as an exception.
 * What is left to mend stands in slice-exceptions.json, which can only shrink: an exception that nothing needs any more
 * is a finding too.
 *
 * Run: node .ci/check-slices.ts
 */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

interface Exceptions {
  /** Imports between two slices that reach each other: `folder: from > to`. */
  mutualImports: string[];
  /** Files of the API's slices outside the vocabulary: `slice/name`. */
  names: string[];
}

const root = fileURLToPath(new URL("..", import.meta.url));
const exceptions = JSON.parse(
  readFileSync(new URL("slice-exceptions.json", import.meta.url), "utf8"),
) as Exceptions;

const fixedNames = new Set(["schema", "router", "policy", "queries", "events", "jobs", "cache", "texts"]);
const verbs = new Set(
  `accept add allow answer append apply archive ask assert block book build cancel change check choose claim clear close
   collect compare confirm copy count create decide define deliver describe end ensure erase expand explain extend fetch
   find follow format hold import invite issue join leave link list load lock make mark match merge mint move notify offer
   open parse place plan preview price prune read record refresh release remove render rename reset resolve respond
   restore retry retract revoke save say search send set settle sign spend start store sweep switch tell undo update verify
   withdraw write`.split(/\s+/),
);

function sourcesOf(folder: string): string[] {
  return execFileSync("git", ["ls-files", "-co", "--exclude-standard", folder], {
    cwd: root,
    encoding: "utf8",
  })
    .split("\n")
    .filter((file) => /\.tsx?$/.test(file) && !/\.(test|fixture)\.tsx?$/.test(file))
    .filter((file) => existsSync(path.join(root, file)));
}

function sliceOf(folder: string, file: string): string | null {
  const [slice, ...rest] = path.relative(folder, file).split("/");
  return slice && slice !== ".." && rest.length > 0 ? slice : null;
}

/** Which slices each slice imports. */
function importsOf(folder: string): Map<string, Set<string>> {
  const graph = new Map<string, Set<string>>();
  for (const file of sourcesOf(folder)) {
    const from = sliceOf(folder, file);
    if (from === null) continue;
    const text = readFileSync(path.join(root, file), "utf8");
    for (const match of text.matchAll(/(?:from|import\()\s*"(\.[^"]+)"/g)) {
      const to = sliceOf(folder, path.normalize(path.join(path.dirname(file), match[1] ?? "")));
      if (to === null || to === from) continue;
      graph.set(from, (graph.get(from) ?? new Set()).add(to));
    }
  }
  return graph;
}

function reachableFrom(graph: Map<string, Set<string>>, start: string): Set<string> {
  const seen = new Set<string>();
  const waiting = [start];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const to of graph.get(next) ?? []) {
      if (seen.has(to)) continue;
      seen.add(to);
      waiting.push(to);
    }
  }
  return seen;
}

function mutualImports(folder: string): string[] {
  const graph = importsOf(folder);
  return [...graph].flatMap(([from, targets]) =>
    [...targets].filter((to) => reachableFrom(graph, to).has(from)).map((to) => `${folder}: ${from} > ${to}`),
  );
}

function strangeNames(folder: string): string[] {
  return sourcesOf(folder).flatMap((file) => {
    const slice = sliceOf(folder, file);
    const name = path.basename(file).replace(/\.tsx?$/, "");
    const [verb = "", ...noun] = name.split("-");
    const isKnown = fixedNames.has(name) || (verbs.has(verb) && noun.length > 0);
    return slice === null || isKnown ? [] : [`${slice}/${name}`];
  });
}

/** What is found and not excepted, and what is excepted and not found. */
function findings(what: string, found: string[], excepted: string[]): string[] {
  return [
    ...found.filter((item) => !excepted.includes(item)).map((item) => `${what}: ${item}`),
    ...excepted
      .filter((item) => !found.includes(item))
      .map((item) => `no exception needed any more, take it out of .ci/slice-exceptions.json: ${item}`),
  ];
}

const folders = ["packages/api/src", "apps/web/src/features"];
const all = [
  ...findings("slices that reach each other", folders.flatMap(mutualImports), exceptions.mutualImports),
  ...findings("a name outside the vocabulary of a slice", strangeNames("packages/api/src"), exceptions.names),
];
for (const finding of all) console.error(finding);
if (all.length > 0) process.exitCode = 1;
else
  console.log(
    `Slices: ${folders.join(", ")} are layered, with ${exceptions.mutualImports.length} exceptions left.`,
  );
