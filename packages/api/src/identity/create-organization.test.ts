import { type Database, openDatabase } from "@creneau/db/database";
import { inTenant } from "@creneau/db/in-tenant";
import { mintTenantScope } from "@creneau/db/mint-tenant-scope";
import { createTestDatabase, type TestDatabase } from "@creneau/db/testing/test-database";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createOrganization } from "./create-organization.ts";

let test: TestDatabase;
let database: Database;
const wish = {
  preset: "solo",
  timezone: "Europe/Paris",
  locale: "fr",
  slotMinutes: 20,
  passwordHash: "x",
} as const;

beforeAll(async () => {
  test = await createTestDatabase();
  database = openDatabase({ url: test.url, poolSize: 2 });
});

afterAll(async () => {
  await database.close();
  await test.drop();
});

it("makes an organization with its owner, and a public name that nobody has", async () => {
  const first = await createOrganization(database, {
    ...wish,
    name: "Cabinet Émile Zola",
    email: "emile@example.test",
  });
  expect(first).toMatchObject({ slug: "cabinet-emile-zola", isNewUser: true });
  const second = await createOrganization(database, {
    ...wish,
    name: "Cabinet Emile Zola",
    email: "emile@example.test",
  });
  expect(second).toMatchObject({ slug: "cabinet-emile-zola-2", isNewUser: false });
  for (const { organizationId } of [first, second]) {
    const seats = await inTenant(database, mintTenantScope(organizationId), ({ db }) =>
      db.membership.findMany(),
    );
    expect(seats).toMatchObject([{ role: "owner" }]);
    const grids = await inTenant(database, mintTenantScope(organizationId), ({ db }) =>
      db.organization.findMany({ select: { slotMinutes: true } }),
    );
    expect(grids).toEqual([{ slotMinutes: 20 }]);
  }
});

it("refuses a zone that does not exist", async () => {
  const attempt = createOrganization(database, {
    ...wish,
    name: "x",
    email: "x@example.test",
    timezone: "Mars/Base",
  });
  await expect(attempt).rejects.toMatchObject({ code: "invalid_input" });
});
