import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** Sources of the product itself, with their text. */
function sources(): [string, string][] {
  return ["packages/api/src", "packages/db/src", "apps/server/src", "apps/web/src", "prisma/seed"].flatMap(
    (folder) =>
      readdirSync(`${root}${folder}`, { recursive: true, encoding: "utf8" })
        .filter(
          (file) => /\.tsx?$/.test(file) && !/\.(test|fixture)\.tsx?$|^(generated|testing)\//.test(file),
        )
        .map((file): [string, string] => [
          `${folder}/${file}`,
          readFileSync(`${root}${folder}/${file}`, "utf8"),
        ]),
  );
}

/** What makes a scope: the minter, and a cast that does without it. */
const minting = /\bmintTenantScope\(|\bas TenantScope\b|<TenantScope>\s*\{/;

test("a scope is made in one file of the product", () => {
  const minters = sources()
    .filter(([, text]) => minting.test(text))
    .map(([file]) => file);
  expect(minters.sort()).toEqual([
    "packages/api/src/tenant-doors.ts",
    "packages/db/src/mint-tenant-scope.ts",
  ]);
});

test("twin: a cast and a call are found", () => {
  expect(minting.test("const scope = { organizationId } as TenantScope;")).toBe(true);
  expect(minting.test("inTenant(database, mintTenantScope(id), work)")).toBe(true);
  expect(minting.test("scope: TenantScope")).toBe(false);
});
