import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openDatabase } from "./database.ts";
import { createOrganization, createProvider, createSite } from "./testing/factories.ts";
import { createTestDatabase, type TestDatabase } from "./testing/test-database.ts";

let test: TestDatabase;
let client: Client;
let organizationId: string;
let providerId: string;

beforeAll(async () => {
  test = await createTestDatabase();
  const database = openDatabase({ url: test.url });
  const organization = await createOrganization(database);
  organizationId = organization.id;
  const site = await createSite(database, organization);
  providerId = (await createProvider(database, organization, { siteId: site.id })).id;
  await database.close();
  // As the application: row-level security decides which statistics the planner may look at.
  client = new Client({ connectionString: test.url });
  await client.connect();
  await client.query("SELECT set_config('app.organization_id', $1, false)", [organizationId]);
  await client.query(
    `INSERT INTO appointment (organization_id, id, site_id, provider_id, starts_at, ends_at, busy_from, busy_to, status, source)
     SELECT $1, uuidv7(), $2, $3, at, at + interval '30 minutes', at, at + interval '30 minutes',
       (ARRAY['confirmed', 'completed'])[1 + n % 2]::appointment_status, 'backoffice'
     FROM generate_series(1, 2000) AS n, LATERAL (SELECT timestamptz '2027-01-01' + n * interval '30 minutes' AS at)`,
    [organizationId, site.id, providerId],
  );
  const owner = new Client({ connectionString: test.adminUrl });
  await owner.connect();
  await owner.query("ANALYZE appointment");
  await owner.end();
});

afterAll(async () => {
  await client?.end();
  await test?.drop();
});

/** How often the whole table is read by a call with settled plans, as the product makes it. */
async function wholeReads(call: () => Promise<unknown>): Promise<number> {
  const count = async () => {
    await client.query("SELECT pg_stat_force_next_flush()");
    const { rows } = await client.query<{ reads: number }>(
      "SELECT seq_scan::integer AS reads FROM pg_stat_user_tables WHERE relname = 'appointment'",
    );
    return rows[0]?.reads ?? Number.NaN;
  };
  // Pages by index cost what they cost in a table far larger than this one.
  await client.query("SET random_page_cost = 20");
  await client.query("SET plan_cache_mode = force_generic_plan");
  const before = await count();
  await call();
  return (await count()) - before;
}

it("expired holds are looked for by index where nobody holds anything", async () => {
  const clear = () =>
    client.query("SELECT clear_expired_holds($1, NULL, '2027-01-02', '2027-01-03', now())", [providerId]);
  expect(await wholeReads(clear)).toBe(0);
  // The question without what makes it answerable: this is what a settled plan does with it.
  const naive = () =>
    client.query({
      name: "naive",
      text: "SELECT EXISTS (SELECT FROM appointment WHERE status = 'held' AND hold_expires_at <= $1)",
      values: [new Date()],
    });
  expect(await wholeReads(naive)).toBe(1);
});

it("an expired hold in the way is cleared, another provider's and a running one stay", async () => {
  const { rows } = await client.query<{ site_id: string }>("SELECT site_id FROM appointment LIMIT 1");
  const hold = async (day: string, expiry: string) => {
    const id = randomUUID();
    await client.query(
      `INSERT INTO appointment (organization_id, id, site_id, provider_id, starts_at, ends_at, busy_from, busy_to, status, source, hold_expires_at)
       VALUES ($1, $2, $3, $4, $5::timestamptz, $5::timestamptz + interval '1 hour', $5::timestamptz, $5::timestamptz + interval '1 hour', 'held', 'web',
         now() + $6::interval)`,
      [organizationId, id, rows[0]?.site_id, providerId, day, expiry],
    );
    return id;
  };
  const expired = await hold("2028-01-02T09:00Z", "-1 minute");
  const running = await hold("2028-01-02T11:00Z", "5 minutes");
  const elsewhere = await hold("2028-02-02T09:00Z", "-1 minute");
  await client.query("SELECT clear_expired_holds($1, NULL, '2028-01-02', '2028-01-03', now())", [
    randomUUID(),
  ]);
  const left = async () =>
    (
      await client.query<{ id: string }>(
        "SELECT id FROM appointment WHERE status = 'held' ORDER BY starts_at",
      )
    ).rows.map(({ id }) => id);
  expect(await left()).toEqual([expired, running, elsewhere]);
  await client.query("SELECT clear_expired_holds($1, NULL, '2028-01-02', '2028-01-03', now())", [providerId]);
  expect(await left()).toEqual([running, elsewhere]);
});
