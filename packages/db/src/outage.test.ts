import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "./database.ts";
import { inTenant, inTenantSql, tenantCall } from "./in-tenant.ts";
import { outageOf } from "./outage.ts";
import { createOrganization, type TestOrganization } from "./testing/factories.ts";
import { type StallingProxy, startStallingProxy } from "./testing/stalling-proxy.ts";
import { createTestDatabase, type TestDatabase } from "./testing/test-database.ts";

let test: TestDatabase;
let proxy: StallingProxy;
let database: Database;
let organization: TestOrganization;

beforeAll(async () => {
  test = await createTestDatabase();
  const direct = openDatabase({ url: test.url, poolSize: 2 });
  organization = await createOrganization(direct);
  await direct.close();
});
afterAll(() => test.drop());
beforeEach(async () => {
  proxy = await startStallingProxy(test.url);
  database = openDatabase({ url: proxy.through(test.url), poolSize: 4 });
  await inTenantSql(database, organization.scope, (tx) => tx.query("SELECT 1"));
});
afterEach(async () => {
  await database.close();
  await proxy.close();
});

/** How long it took, in milliseconds, and why it was refused; null when it was not. */
async function refusal(work: Promise<unknown>): Promise<{ reason: string | null; ms: number }> {
  const startedAt = performance.now();
  const error = await work.then(
    () => null,
    (caught: unknown) => caught,
  );
  const reason = error === null ? null : (outageOf(error) ?? `no outage: ${String(error)}`);
  return { reason, ms: performance.now() - startedAt };
}

/** The same question asked on every road to the database. */
function askEverywhere(): Promise<unknown>[] {
  const { scope } = organization;
  return [
    database.pool.query("SELECT 1"),
    database.prisma.user.findFirst(),
    inTenantSql(database, scope, (tx) => tx.query("SELECT 1")),
    inTenant(database, scope, (tx) => tx.db.organization.findFirst()),
    tenantCall(database, scope, "placement_facts", [null, null, null, null, null]).catch((error: Error) => {
      // Its arguments are nonsense: any word of the database's own will do.
      if (outageOf(error)) throw error;
    }),
  ];
}

/** From another database: this one may be read-only. */
async function asOwner(statement: string): Promise<void> {
  const url = new URL(test.adminUrl);
  url.pathname = "/postgres";
  const client = new Client({ connectionString: url.href });
  await client.connect();
  await client.query(statement);
  await client.end();
}

describe("a database that stalls", () => {
  it("refuses what runs within seconds, what comes after at once, and serves again when it is back", async () => {
    proxy.stall();
    const first = await Promise.all(askEverywhere().map(refusal));
    for (const { reason, ms } of first) {
      expect(reason).toMatch(/stalled|unreachable/);
      expect(ms).toBeLessThan(8_000);
    }
    expect(database.watch.away).toBe("stalled");
    const later = await Promise.all(askEverywhere().map(refusal));
    for (const { reason, ms } of later) {
      expect(reason).toBe("stalled");
      expect(ms).toBeLessThan(500);
    }
    await proxy.mend();
    await expect.poll(() => database.watch.away, { timeout: 5_000 }).toBeNull();
    await Promise.all(askEverywhere());
    // No connection was left in nobody's hands, and none of those that fell silent came back.
    expect(database.pool.waitingCount).toBe(0);
    expect(database.pool.idleCount).toBe(database.pool.totalCount);
  });

  it("ends one connection that hangs alone, while the others serve", async () => {
    const slow = openDatabase({ url: test.url, poolSize: 4, statementMs: 500 });
    try {
      const client = await slow.pool.connect();
      const { rows } = await client.query("SELECT pg_backend_pid() AS pid");
      process.kill(rows[0].pid, "SIGSTOP");
      try {
        const hanging = refusal(client.query("SELECT 1"));
        for (let round = 0; round < 20; round++) await slow.pool.query("SELECT 1");
        expect(await hanging).toMatchObject({ reason: "stalled" });
        expect(slow.watch.away).toBeNull();
        client.release();
        for (let round = 0; round < 8; round++) await slow.pool.query("SELECT 1");
      } finally {
        process.kill(rows[0].pid, "SIGCONT");
      }
    } finally {
      await slow.close();
    }
  });

  it("closes all the same", async () => {
    proxy.stall();
    const open = refusal(database.pool.query("SELECT 1"));
    await sleep(10);
    const startedAt = performance.now();
    await database.close();
    expect(performance.now() - startedAt).toBeLessThan(8_000);
    database = openDatabase({ url: test.url, poolSize: 1 });
    expect((await open).reason).toBe("stalled");
  });
});

describe("a database that is gone", () => {
  it("is called so on every road, at once, and found again when it is back", async () => {
    await proxy.cut();
    for (const { reason, ms } of await Promise.all(askEverywhere().map(refusal))) {
      expect(reason).toBe("unreachable");
      expect(ms).toBeLessThan(2_000);
    }
    await expect.poll(() => database.watch.away).toBe("unreachable");
    await proxy.mend();
    await expect.poll(() => database.watch.away, { timeout: 5_000 }).toBeNull();
    await Promise.all(askEverywhere());
  });

  it("is called so in the middle of a transaction, by Prisma too", async () => {
    const { scope } = organization;
    const cutInside = [
      inTenantSql(database, scope, async (tx) => {
        await proxy.cut();
        await tx.query("SELECT 1");
      }),
      inTenant(database, scope, async (tx) => {
        await proxy.cut();
        await tx.db.organization.findFirst();
      }),
    ];
    for (const { reason } of await Promise.all(cutInside.map(refusal))) expect(reason).toBe("unreachable");
    await proxy.mend();
    await expect.poll(() => database.watch.away, { timeout: 5_000 }).toBeNull();
    expect(database.pool.idleCount).toBe(database.pool.totalCount);
  });
});

it("a statement that takes too long is an outage, a wrong one is not", async () => {
  const hasty = openDatabase({ url: test.url, poolSize: 1, statementMs: 100 });
  expect(await refusal(hasty.pool.query("SELECT pg_sleep(1)"))).toMatchObject({ reason: "too_slow" });
  expect(await refusal(hasty.prisma.$queryRaw`SELECT pg_sleep(1)::text`)).toMatchObject({
    reason: "too_slow",
  });
  await hasty.close();
  const wrong = await database.pool.query("SELECT 1/0").catch((error: unknown) => error);
  expect(wrong).toBeInstanceOf(Error);
  expect(outageOf(wrong)).toBeNull();
});

it("connections to a database that turned read-only are made anew", async () => {
  const write = (note: string) =>
    inTenantSql(database, organization.scope, (tx) =>
      tx.query("UPDATE organization SET name = $1 WHERE id = current_organization()", [note]),
    );
  await write("before");
  await asOwner(`ALTER DATABASE ${test.name} SET default_transaction_read_only = on`);
  const held = await database.pool.connect();
  await database.pool.query("SELECT pg_sleep(0)");
  // Settings of a database are read by new connections: those that are open serve on.
  await held.query("SET default_transaction_read_only = on");
  expect(await refusal(held.query("UPDATE organization SET name = 'x'"))).toMatchObject({
    reason: "read_only",
  });
  held.release();
  await sleep(50);
  expect(await refusal(write("while"))).toMatchObject({ reason: "read_only" });
  expect(await database.watch.ask()).toMatchObject({ isReachable: true });
  await asOwner(`ALTER DATABASE ${test.name} RESET default_transaction_read_only`);
  await sleep(2_100);
  await refusal(write("once more"));
  await write("after");
});

it("refuses at once whoever would wait for nothing", async () => {
  const narrow = openDatabase({ url: test.url, poolSize: 1 });
  const held = await narrow.pool.connect();
  const patient = refusal(narrow.pool.query("SELECT 1"));
  await sleep(5_200);
  const { reason, ms } = await refusal(narrow.pool.query("SELECT 1"));
  expect(reason).toBe("crowded");
  expect(ms).toBeLessThan(100);
  expect(await patient).toMatchObject({ reason: "crowded" });
  held.release();
  await narrow.pool.query("SELECT 1");
  await narrow.close();
});
