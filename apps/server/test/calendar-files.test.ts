import { createHash } from "node:crypto";
import { createProvider, createService, createSite, createUser, unique } from "@creneau/db/testing/factories";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestServer, type TestServer } from "./test-server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

/** A booking of a visitor, with the token of its link. */
async function book() {
  const { database } = server;
  const organization = await server.createOrganization();
  const site = await createSite(database, organization);
  const username = unique("doctor");
  const user = await createUser(database, { username });
  const provider = await createProvider(database, organization, { siteId: site.id, userId: user.id });
  const { slug: serviceSlug } = await createService(database, organization, {
    durationMinutes: 30,
    providerIds: [provider.id],
  });
  const startsAt = `${new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10)}T10:00:00.000Z`;
  const { manageToken, appointmentId } = await server.visit().client.booking.book.mutate({
    username,
    serviceSlug,
    startsAt,
    client: { name: "Léa Petit", email: "lea@example.test", phone: "+33612345678" },
  });
  return { organization, provider, manageToken, appointmentId };
}

/** Every table's content, so that a read that writes shows. */
async function everything(organizationId: string): Promise<unknown[]> {
  const client = await server.database.pool.connect();
  try {
    await client.query("BEGIN");
    await client.query("SELECT set_config('app.organization_id', $1, true)", [organizationId]);
    const { rows } = await client.query(
      `SELECT (SELECT jsonb_agg(to_jsonb(a) ORDER BY a.id) FROM appointment a) AS appointments,
              (SELECT jsonb_agg(to_jsonb(c) ORDER BY c.id) FROM client c) AS clients,
              (SELECT jsonb_agg(to_jsonb(p) ORDER BY p.id) FROM provider p) AS providers,
              (SELECT count(*)::int FROM event) AS events, (SELECT count(*)::int FROM audit) AS audits`,
    );
    return rows;
  } finally {
    await client.query("ROLLBACK");
    client.release();
  }
}

test("one appointment's file is read by its link; HEAD says the same without a body; neither changes anything", async () => {
  const { organization, manageToken, appointmentId } = await book();
  const before = await everything(organization.id);
  expect(before).toMatchObject([{ appointments: [{ id: appointmentId }] }]);
  const url = `${server.url}/api/ics/${manageToken}.ics`;
  const got = await fetch(url);
  expect(got.status).toBe(200);
  expect(got.headers.get("content-type")).toBe("text/calendar; charset=utf-8; method=PUBLISH");
  expect(got.headers.get("content-disposition")).toBe('attachment; filename="rendez-vous.ics"');
  expect(got.headers.get("cache-control")).toBe("private, no-cache");
  expect(got.headers.get("x-robots-tag")).toBe("noindex");
  expect(got.headers.get("referrer-policy")).toBe("no-referrer");
  expect(got.headers.get("x-content-type-options")).toBe("nosniff");
  const text = await got.text();
  expect(text).toContain(`UID:${appointmentId}@creneau`);
  const head = await fetch(url, { method: "HEAD" });
  expect(head.status).toBe(200);
  expect(head.headers.get("content-length")).toBe(String(Buffer.byteLength(text)));
  expect(await head.text()).toBe("");
  const etag = got.headers.get("etag") ?? "";
  expect((await fetch(url, { headers: { "if-none-match": etag } })).status).toBe(304);
  expect((await fetch(url, { method: "POST" })).status).toBe(400);
  expect(await everything(organization.id)).toEqual(before);
});

test("a feed shows a provider's appointments until it is closed", async () => {
  const { organization, provider, appointmentId } = await book();
  const owner = await server.signInMember(organization);
  const { url } = await owner.client.calendarFeed.renew.mutate({ providerId: provider.id });
  const feed = await fetch(url);
  expect(feed.status).toBe(200);
  expect(feed.headers.get("content-type")).toBe("text/calendar; charset=utf-8; method=PUBLISH");
  const text = (await feed.text()).replaceAll("\r\n ", "");
  expect(text).toContain("X-WR-CALNAME:Créneau");
  expect(text).toContain(`UID:${appointmentId}@creneau`);
  expect(text).toContain("Léa Petit");
  await owner.client.calendarFeed.close.mutate({ providerId: provider.id });
  expect((await fetch(url)).status).toBe(404);
});

test("every token that opens nothing gets one plain refusal, and no log holds a token", async () => {
  const { manageToken } = await book();
  const answers = await Promise.all(
    [
      createHash("sha256").update("nobody's").digest("base64url"),
      "short",
      `${manageToken.slice(0, -1)}${manageToken.endsWith("A") ? "B" : "A"}`,
      "..%2F..%2Fhealthz",
      "%00",
    ].map(async (token) => {
      const response = await fetch(`${server.url}/api/ics/${token}.ics`);
      const { error } = (await response.json()) as { error: { code: string; message: string } };
      return { status: response.status, code: error.code, message: error.message };
    }),
  );
  const [first] = answers;
  expect(first).toMatchObject({ status: 404, code: "not_found" });
  for (const answer of answers) expect(answer).toEqual(first);
  await fetch(`${server.url}/api/ics/${manageToken}.ics`);
  expect(server.logs().join("\n")).not.toContain(manageToken);
});

test("an address that asks without end is asked to wait", { timeout: 60_000 }, async () => {
  const strict = await startTestServer({ variables: { RATE_LIMITS: "on" } });
  try {
    const statuses = new Map<number, number>();
    for (let round = 0; round < 31; round++) {
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => fetch(`${strict.url}/api/ics/${"x".repeat(43)}.ics`)),
      );
      for (const { status, headers } of answers) {
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        if (status === 429) expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
      }
    }
    expect(statuses).toEqual(
      new Map([
        [404, 600],
        [429, 20],
      ]),
    );
  } finally {
    await strict.close();
  }
});

test("the demo shows the mail it sent; elsewhere there is no such page", async () => {
  expect((await fetch(`${server.url}/demo/mailbox`)).status).toBe(404);
  const demo = await startTestServer({ variables: { DEMO: "true" } });
  try {
    const page = await fetch(`${demo.url}/demo/mailbox`);
    expect(page.status).toBe(200);
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(page.headers.get("x-frame-options")).toBe("DENY");
    expect(await (await fetch(`${demo.url}/demo/mailbox.json`)).json()).toEqual({ messages: [] });
    expect((await fetch(`${demo.url}/demo/mailbox/1`)).status).toBe(404);
    expect((await fetch(`${demo.url}/demo/mailboxes`)).status).toBe(404);
  } finally {
    await demo.close();
  }
});
