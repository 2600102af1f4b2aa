import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "./database.ts";
import { inTenant, inTenantSql, tenantCall } from "./in-tenant.ts";
import { mintTenantScope } from "./mint-tenant-scope.ts";
import type { TenantScope } from "./tenant-scope.ts";
import { createTestDatabase, type TestDatabase } from "./testing/test-database.ts";

/** Tables that belong to no organization; a table added here needs a reason. */
const globalTables = new Set([
  "user", // a person may belong to several organizations
  "sign_in_account", // how that person signs in
  "sign_in_token", // a one-time link, before anybody is known
  "ended_session", // a session is a person's, whatever organization they are in
  "rate_limit", // counters by address
  "released_username", // names that their owners gave up: as public as those in use
  "used_challenge", // spent proofs of work, before any organization is known
  "sql_functions", // what this database is made of
  "event_consumer", // how far each reaction has read the log of all of them
  "log_epoch", // runs of the one log
  "once_only_queue", // a property of queues
  "_prisma_migrations",
]);

let test: TestDatabase;
let database: Database;
let admin: Client;

beforeAll(async () => {
  test = await createTestDatabase();
  database = openDatabase({ url: test.url });
  admin = new Client({ connectionString: test.adminUrl });
  await admin.connect();
});

afterAll(async () => {
  await admin.end();
  await database.close();
  await test.drop();
});

interface TableGuard {
  name: string;
  is_enabled: boolean;
  is_forced: boolean;
  has_tenant_policy: boolean;
}

async function guards(): Promise<TableGuard[]> {
  const { rows } = await admin.query<TableGuard>(`
    SELECT c.relname AS name, c.relrowsecurity AS is_enabled, c.relforcerowsecurity AS is_forced,
      EXISTS (SELECT FROM pg_policies p WHERE p.schemaname = 'public' AND p.tablename = c.relname
        AND p.roles @> '{creneau_app}' AND p.cmd = 'ALL'
        AND p.qual LIKE '%current_organization()%' AND p.with_check LIKE '%current_organization()%') AS has_tenant_policy
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') ORDER BY 1`);
  return rows;
}

function unguarded(tables: TableGuard[]): string[] {
  return tables
    .filter(({ name }) => !globalTables.has(name))
    .filter((table) => !(table.is_enabled && table.is_forced && table.has_tenant_policy))
    .map(({ name }) => name);
}

describe("row-level security", () => {
  it("guards every table that is not declared global", async () => {
    const tables = await guards();
    expect(tables.length).toBeGreaterThan(20);
    expect(unguarded(tables)).toEqual([]);
  });

  it("twin: an unguarded table is found", async () => {
    await admin.query("CREATE TABLE forgotten (organization_id uuid NOT NULL, id uuid)");
    expect(unguarded(await guards())).toEqual(["forgotten"]);
    await admin.query("ALTER TABLE forgotten ENABLE ROW LEVEL SECURITY");
    expect(unguarded(await guards())).toEqual(["forgotten"]);
    await admin.query("DROP TABLE forgotten");
  });

  it("lists no global table that does not exist", async () => {
    const names = new Set((await guards()).map(({ name }) => name));
    expect([...globalTables].filter((name) => !names.has(name))).toEqual([]);
  });

  it("binds the application: not owner, not superuser, no BYPASSRLS, whoever logged in", async () => {
    for (const url of [test.url, test.adminUrl]) {
      const opened = openDatabase({ url, poolSize: 1 });
      const { rows } = await opened.pool.query(
        `SELECT current_user AS name, rolsuper, rolbypassrls,
           EXISTS (SELECT FROM pg_class WHERE relowner = r.oid AND relnamespace = 'public'::regnamespace) AS owns
         FROM pg_roles r WHERE rolname = current_user`,
      );
      expect(rows).toEqual([{ name: "creneau_app", rolsuper: false, rolbypassrls: false, owns: false }]);
      await opened.close();
    }
  });

  it("shows nothing and takes nothing without a scope", async () => {
    const organizationId = await newOrganization("without-scope");
    expect((await database.pool.query("SELECT * FROM organization")).rows).toEqual([]);
    await expect(
      database.pool.query(
        "INSERT INTO site (organization_id, id, name, slug, updated_at) VALUES ($1, $2, 'x', 'x', now())",
        [organizationId, randomUUID()],
      ),
    ).rejects.toThrow(/row-level security/);
  });

  it("hides and protects another organization's rows on every tenant table", async () => {
    const mine = mintTenantScope(await newOrganization("mine"));
    const theirs = await newOrganization("theirs");
    const site = await inTenant(database, mintTenantScope(theirs), (tx) =>
      tx.db.site.create({ data: { organizationId: theirs, name: "Theirs", slug: "theirs" } }),
    );
    const changed = await inTenant(database, mine, async (tx) => {
      expect(await tx.db.site.findMany()).toEqual([]);
      return (await tx.db.site.updateMany({ where: { id: site.id }, data: { name: "Mine now" } })).count;
    });
    expect(changed).toBe(0);
    await expect(
      inTenant(database, mine, (tx) =>
        tx.db.site.create({ data: { organizationId: theirs, name: "x", slug: "planted" } }),
      ),
    ).rejects.toThrow();
    // Twin: the same reads and writes work in the right scope.
    const own = await inTenant(database, mintTenantScope(theirs), (tx) =>
      tx.db.site.updateMany({ where: { id: site.id }, data: { name: "Still theirs" } }),
    );
    expect(own.count).toBe(1);
  });

  it("forgets the scope with the transaction, on a pooled connection too", async () => {
    const organizationId = await newOrganization("forgetful");
    const single = openDatabase({ url: test.url, poolSize: 1 });
    await inTenantSql(single, mintTenantScope(organizationId), async (tx) => {
      expect(await tx.query("SELECT id FROM organization")).toHaveLength(1);
    });
    expect((await single.pool.query("SELECT id FROM organization")).rows).toEqual([]);
    await single.close();
  });

  it("holds within functions that set the scope themselves, with cached plans and tenants in turns", async () => {
    const mine = mintTenantScope(await newOrganization("one-trip-mine"));
    const theirs = mintTenantScope(await newOrganization("one-trip-theirs"));
    const providerId = await newProvider(mine);
    const single = openDatabase({ url: test.url, poolSize: 1 });
    const at = new Date();
    const nameSeenBy = async (scope: TenantScope) => {
      const facts = await tenantCall<{ organization: object | null; provider: { name: string } | null }>(
        single,
        scope,
        "placement_facts",
        [providerId, null, null, at, at, at],
      );
      expect(facts.organization).not.toBeNull();
      return facts.provider?.name ?? null;
    };
    // PostgreSQL keeps a plan of its own for whoever comes from the sixth time on.
    for (let turn = 0; turn < 8; turn++) {
      expect(await nameSeenBy(mine)).toBe("Ana");
      expect(await nameSeenBy(theirs)).toBeNull();
      expect((await single.pool.query("SELECT id FROM organization")).rows).toEqual([]);
    }
    await single.close();
  });

  it("binds such a function even where the caller's organization is not asked for", async () => {
    const mine = mintTenantScope(await newOrganization("unasked-mine"));
    const theirs = mintTenantScope(await newOrganization("unasked-theirs"));
    await newProvider(mine);
    await admin.query(`CREATE FUNCTION careless(organization uuid) RETURNS integer LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM set_config('app.organization_id', organization::text, true);
        RETURN (SELECT count(*) FROM provider);
      END $$`);
    const seenBy = async ({ organizationId }: TenantScope) =>
      (await database.pool.query("SELECT careless($1) AS seen", [organizationId])).rows[0].seen;
    expect([await seenBy(mine), await seenBy(theirs)]).toEqual([1, 0]);
    await admin.query("DROP FUNCTION careless(uuid)");
  });

  it("keeps the audit and the event log append-only for the application", async () => {
    const scope = mintTenantScope(await newOrganization("append-only"));
    for (const statement of [
      "UPDATE audit SET action = 'x'",
      "DELETE FROM audit",
      "UPDATE event SET type = 'x'",
      "DELETE FROM event",
    ]) {
      await expect(inTenantSql(database, scope, (tx) => tx.query(statement))).rejects.toThrow(
        /permission denied/,
      );
    }
  });
});

describe("foreign keys", () => {
  it("all carry the organization, so that no row can point into another one", async () => {
    const { rows } = await admin.query<{ name: string }>(`
      SELECT c.conname AS name FROM pg_constraint c
      JOIN pg_class target ON target.oid = c.confrelid
      WHERE c.contype = 'f' AND c.connamespace = 'public'::regnamespace
        AND target.relname NOT IN ('organization', 'user')
        AND NOT EXISTS (SELECT FROM unnest(c.conkey) AS k(attnum) JOIN pg_attribute a
          ON a.attrelid = c.conrelid AND a.attnum = k.attnum WHERE a.attname = 'organization_id')`);
    expect(rows).toEqual([]);
  });
});

async function newProvider(scope: TenantScope): Promise<string> {
  const id = randomUUID();
  const { organizationId } = scope;
  await inTenant(database, scope, (tx) =>
    tx.db.provider.create({ data: { id, organizationId, name: "Ana" } }),
  );
  return id;
}

async function newOrganization(slug: string): Promise<string> {
  const organizationId = randomUUID();
  await inTenant(database, mintTenantScope(organizationId), (tx) =>
    tx.db.organization.create({ data: { id: organizationId, slug, name: slug, preset: "solo" } }),
  );
  return organizationId;
}
