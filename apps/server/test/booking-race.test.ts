import { createProvider, createService, createSite, createUser, unique } from "@creneau/db/testing/factories";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestServer, type TestServer } from "./test-server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const client = { name: "Léa Petit", email: "lea@example.test" };

async function createPractice(weekly?: { isoWeekday: number; startMinute: number; endMinute: number }[]) {
  const { database } = server;
  const organization = await server.createOrganization();
  const site = await createSite(database, organization);
  const username = unique("doctor");
  const user = await createUser(database, { username });
  const provider = await createProvider(database, organization, {
    siteId: site.id,
    userId: user.id,
    ...(weekly && { weekly }),
  });
  const { slug: serviceSlug } = await createService(database, organization, {
    durationMinutes: 30,
    providerIds: [provider.id],
  });
  return { organization, username, serviceSlug };
}

/** What a statement finds inside an organization. */
async function rowsOf(organizationId: string, statement: string): Promise<unknown[]> {
  const connection = await server.database.pool.connect();
  try {
    await connection.query("BEGIN");
    await connection.query("SELECT set_config('app.organization_id', $1, true)", [organizationId]);
    return (await connection.query(statement)).rows;
  } finally {
    await connection.query("ROLLBACK");
    connection.release();
  }
}

function dateIn(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

it("lets 10 of 500 visitors have 10 times, and shows the others where else to go", async () => {
  const { organization, username, serviceSlug } = await createPractice();
  const visitors = Array.from({ length: 500 }, () => server.visit().client);
  const day = dateIn(3);
  const starts = Array.from({ length: 10 }, (_, index) =>
    new Date(Date.parse(`${day}T09:00:00Z`) + index * 30 * 60_000).toISOString(),
  );
  const latencies: number[] = [];
  const outcomes = await Promise.all(
    visitors.map(async ({ booking }, index) => {
      const at = performance.now();
      try {
        const hold = await booking.hold.mutate({ username, serviceSlug, startsAt: starts[index % 10] ?? "" });
        latencies.push(performance.now() - at);
        return booking.confirm.mutate({
          holdToken: hold.holdToken,
          client: { ...client, name: `Client ${index}` },
        });
      } catch (error) {
        latencies.push(performance.now() - at);
        return (
          error as {
            data: { code: string; httpStatus: number; details: { alternatives: { startsAt: string }[] } };
          }
        ).data;
      }
    }),
  );
  const won = outcomes.filter((outcome) => "manageToken" in outcome);
  const lost = outcomes.flatMap((outcome) => ("httpStatus" in outcome ? [outcome] : []));
  expect(won).toHaveLength(10);
  expect(new Set(won.map((outcome) => "startsAt" in outcome && outcome.startsAt)).size).toBe(10);
  expect(new Set(lost.map(({ code, httpStatus }) => `${code} ${httpStatus}`))).toEqual(
    new Set(["slot_taken 409"]),
  );
  for (const { details } of lost) expect(details.alternatives).toHaveLength(3);
  // What the database holds, not what was answered: ten bookings, none over another.
  expect(
    await rowsOf(
      organization.id,
      `SELECT count(*)::int AS bookings, count(DISTINCT a.starts_at)::int AS times,
              count(*) FILTER (WHERE EXISTS (SELECT FROM appointment b WHERE b.provider_id = a.provider_id AND b.id <> a.id
                AND b.status <> 'cancelled' AND b.busy_from < a.busy_to AND b.busy_to > a.busy_from))::int AS doubles
       FROM appointment a WHERE a.status <> 'cancelled'`,
    ),
  ).toEqual([{ bookings: 10, times: 10, doubles: 0 }]);
  latencies.sort((a, b) => a - b);
  console.info(`500 for 10: p50 ${latencies[250]?.toFixed(0)} ms, p95 ${latencies[475]?.toFixed(0)} ms`);
});

it("makes one booking of a confirmation whose answer was lost", async () => {
  const { username, serviceSlug } = await createPractice();
  const visitor = server.visit();
  const hold = await visitor.client.booking.hold.mutate({
    username,
    serviceSlug,
    startsAt: `${dateIn(3)}T10:00:00.000Z`,
  });
  const abort = new AbortController();
  const lost = visitor
    .fetch("/api/trpc/booking.confirm", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ holdToken: hold.holdToken, client }),
      signal: abort.signal,
    })
    .catch(() => "dropped");
  setTimeout(() => abort.abort(), 2);
  await lost;
  const first = await visitor.client.booking.confirm.mutate({ holdToken: hold.holdToken, client });
  expect(await visitor.client.booking.confirm.mutate({ holdToken: hold.holdToken, client })).toEqual(first);
  expect((await visitor.client.booking.manage.query({ manageToken: first.manageToken })).version).toBe(2);
});

it("changes nothing when a mail scanner opens every link", async () => {
  const { username, serviceSlug } = await createPractice();
  const visitor = server.visit();
  const { manageToken } = await visitor.client.booking.book.mutate({
    username,
    serviceSlug,
    startsAt: `${dateIn(4)}T10:00:00.000Z`,
    client,
  });
  const before = await visitor.client.booking.manage.query({ manageToken });
  const input = encodeURIComponent(JSON.stringify({ manageToken, startsAt: `${dateIn(5)}T10:00:00.000Z` }));
  const paths = [
    `/manage/${manageToken}`,
    `/fr/manage/${manageToken}`,
    `/portal/${manageToken}`,
    `/api/ics/${manageToken}.ics`,
    `/book/${username}`,
    ...["cancel", "reschedule", "hold", "confirm", "book", "releaseHold", "extendHold"].map(
      (name) => `/api/trpc/booking.${name}?input=${input}`,
    ),
  ];
  for (const path of paths) {
    for (const method of ["GET", "HEAD"]) {
      const { status } = await visitor.fetch(path, { method });
      expect(status, `${method} ${path}`).toBeLessThan(500);
    }
  }
  expect(await visitor.client.booking.manage.query({ manageToken })).toEqual(before);
});
