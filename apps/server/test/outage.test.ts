import { createProvider, createSite } from "@creneau/db/testing/factories";
import { type StallingProxy, startStallingProxy } from "@creneau/db/testing/stalling-proxy";
import { createTestDatabase, type TestDatabase } from "@creneau/db/testing/test-database";
import { TRPCClientError } from "@trpc/client";
import { Client } from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Member, startTestServer, type TestServer, testPassword } from "./test-server.ts";

let database: TestDatabase;
let proxy: StallingProxy;
let server: TestServer;
let twin: TestServer;
let member: Member;
let appointmentId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  proxy = await startStallingProxy(database.url);
  server = await startTestServer({ database: { ...database, url: proxy.through(database.url) } });
  twin = await server.startTwin();
  const organization = await server.createOrganization();
  member = await server.signInMember(organization);
  const site = await createSite(server.database, organization);
  const { id: providerId } = await createProvider(server.database, organization, { siteId: site.id });
  const { appointment } = await member.client.appointments.create.mutate({
    providerId,
    startsAt: "2099-03-03T09:00:00.000Z",
    endsAt: "2099-03-03T10:00:00.000Z",
    force: true,
  });
  appointmentId = appointment.id;
});
afterAll(async () => {
  await server.close();
  await proxy.close();
  await database.drop();
});
afterEach(async () => {
  await proxy.mend();
  await expect.poll(() => readiness(), { timeout: 5_000 }).toMatchObject({ status: 200 });
});

async function readiness(): Promise<{ status: number; problems: string[]; ms: number }> {
  const startedAt = performance.now();
  const response = await fetch(`${server.url}/readyz`);
  const { problems } = (await response.json()) as { problems: string[] };
  return { status: response.status, problems, ms: performance.now() - startedAt };
}

async function metric(name: string): Promise<number> {
  const text = await (await fetch(`${server.url}/metrics`)).text();
  const values = [...text.matchAll(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\d+)`, "gm"))];
  return values.reduce((sum, [, value]) => sum + Number(value), 0);
}

function logged(level: string): string[] {
  return server.logs().filter((record) => JSON.parse(record).level === level);
}

async function asOwner(statement: string): Promise<void> {
  const url = new URL(database.adminUrl);
  url.pathname = "/postgres";
  const client = new Client({ connectionString: url.href });
  await client.connect();
  await client.query(statement);
  await client.end();
}

/** Every kind of request that needs the database. */
function requests(): Record<string, () => Promise<Response>> {
  const json = { "content-type": "application/json" };
  const input = (value: unknown) => encodeURIComponent(JSON.stringify(value));
  return {
    "a query": () => member.fetch(`/api/trpc/appointments.byId?input=${input({ id: appointmentId })}`),
    "a query of a visitor": () =>
      fetch(`${server.url}/api/trpc/booking.page?input=${input({ username: "nobody" })}`),
    "a batch": () =>
      member.fetch(
        `/api/trpc/appointments.byId,appointments.history?batch=1&input=${input({ 0: { id: appointmentId }, 1: { id: appointmentId } })}`,
      ),
    "a mutation": () =>
      member.fetch("/api/trpc/session.updateProfile", {
        method: "POST",
        headers: json,
        body: JSON.stringify({ name: "Somebody Else" }),
      }),
    "a calendar file": () => fetch(`${server.url}/api/ics/${"x".repeat(32)}.ics`),
  };
}

/** The code in an answer, whatever its shape: ours or tRPC's, alone or in a batch. */
async function codeOf(response: Response): Promise<string> {
  const body = await response.json();
  const [first] = Array.isArray(body) ? body : [body];
  return first.error?.data?.code ?? first.error?.code;
}

describe("while the database is gone", () => {
  test("every kind of request is told so, with the time to ask again, and none counts as an error of ours", async () => {
    const before = { errors: await metric("creneau_errors_total"), logged: logged("error").length };
    await proxy.cut();
    for (const [name, send] of Object.entries(requests())) {
      const response = await send();
      expect([name, response.status]).toEqual([name, 503]);
      expect([name, Number(response.headers.get("retry-after"))]).toEqual([name, 5]);
      expect([name, await codeOf(response)]).toEqual([name, "unavailable"]);
    }
    expect(await metric("creneau_errors_total")).toBe(before.errors);
    expect(await metric("creneau_unavailable_total")).toBeGreaterThanOrEqual(5);
    expect(await metric("creneau_database_up")).toBe(0);
    expect(logged("error")).toHaveLength(before.logged);
    // One outage, one line of each kind, however many requests it fails.
    expect(logged("warn").filter((record) => record.includes("the database cannot be used"))).toHaveLength(1);
    await proxy.mend();
    await expect.poll(() => metric("creneau_database_up"), { timeout: 5_000 }).toBe(1);
    for (const [name, send] of Object.entries(requests())) {
      expect([name, (await send()).status]).not.toEqual([name, 503]);
    }
  });

  test("sockets: a handshake is refused for now, an open one is told so and lives on", async () => {
    const { client, close } = member.wsClient();
    await client.session.me.query();
    const told: unknown[] = [];
    await proxy.cut();
    const call = client.appointments.byId.query({ id: appointmentId });
    const refusal = await call.catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(TRPCClientError);
    expect(refusal).toMatchObject({
      data: { code: "unavailable", httpStatus: 503, details: { retryAfterSeconds: 5 } },
    });
    client.presence.holdOpen.subscribe({ appointmentId }, { onError: ({ data }) => told.push(data?.code) });
    await expect.poll(() => told, { timeout: 3_000 }).toEqual(["unavailable"]);
    await expect(server.visit().openSocket()).resolves.toBeTruthy();
    const fresh = await server.startTwin().catch((error: unknown) => error);
    expect(fresh).toBeInstanceOf(Error);
    await proxy.mend();
    await expect
      .poll(
        () =>
          client.appointments.byId.query({ id: appointmentId }).then(
            () => "there",
            () => "away",
          ),
        {
          timeout: 5_000,
        },
      )
      .toBe("there");
    await close();
  });

  test("signing in is refused, nobody is signed out, and the words of the database reach nobody", async () => {
    await proxy.cut();
    const visitor = server.visit();
    const { csrfToken } = (await (await visitor.fetch("/api/auth/csrf")).json()) as { csrfToken: string };
    const response = await visitor.fetch("/api/auth/callback/credentials", {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ email: member.email, password: testPassword, csrfToken, json: "true" }),
    });
    expect(response.status).toBe(503);
    expect(response.headers.get("retry-after")).toBe("5");
    const text = await response.text();
    expect(text).toContain("unavailable");
    expect(text).not.toContain("ECONNREFUSED");

    // By a process that has not met this session before; next-auth would call it revoked, and drop the cookie.
    const session = await fetch(`${twin.url}/api/auth/session`, { headers: { cookie: member.cookie } });
    expect(session.status).toBe(503);
    expect(session.headers.getSetCookie()).toEqual([]);
    await proxy.mend();
    await expect
      .poll(() => member.client.session.me.query().catch(() => null), { timeout: 5_000 })
      .toMatchObject({ user: { id: member.userId } });
  });
});

describe("while the database stalls", () => {
  test("what is asked ends within seconds, and readiness says so within two", async () => {
    proxy.stall();
    const asked = Object.values(requests()).map(async (send) => {
      const startedAt = performance.now();
      const { status } = await send();
      return { status, isSoon: performance.now() - startedAt < 10_000 };
    });
    const states = await Promise.all(Array.from({ length: 5 }, readiness));
    for (const { status, problems, ms } of states) {
      expect({ status, problems }).toEqual({ status: 503, problems: ["database_unreachable"] });
      expect(ms).toBeLessThan(2_000);
    }
    expect(await Promise.all(asked)).toEqual(asked.map(() => ({ status: 503, isSoon: true })));
  });
});

describe("readiness", () => {
  test("does not wait behind everybody else", async () => {
    const client = new Client({ connectionString: database.adminUrl });
    await client.connect();
    client.on("error", () => {});
    await client.query('BEGIN; LOCK TABLE "user" IN ACCESS EXCLUSIVE MODE');
    const blocked = Array.from({ length: 24 }, () => server.signIn(member.email).catch(() => null));
    await expect.poll(() => metric("creneau_database_connections"), { timeout: 5_000 }).toBeGreaterThan(16);
    const { status, ms } = await readiness();
    expect(status).toBe(200);
    expect(ms).toBeLessThan(2_000);
    await client.query("COMMIT");
    await client.end();
    await Promise.all(blocked);
  });

  test("is not where nothing can be written; reading goes on, writing is unavailable", async () => {
    await asOwner(`ALTER DATABASE ${database.name} SET default_transaction_read_only = on`);
    try {
      // As after a failover: the connections that were open are cut.
      await asOwner(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${database.name}'`,
      );
      await expect
        .poll(readiness, { timeout: 5_000 })
        .toMatchObject({ status: 503, problems: ["database_read_only"] });
      expect(await member.client.appointments.byId.query({ id: appointmentId })).toMatchObject({
        id: appointmentId,
      });
      const write = member.client.session.updateProfile.mutate({ name: "Nobody" });
      await expect(write).rejects.toMatchObject({ data: { code: "unavailable", httpStatus: 503 } });
    } finally {
      await asOwner(`ALTER DATABASE ${database.name} RESET default_transaction_read_only`);
    }
    // The connections to what was read-only are made anew by themselves, without a restart.
    await expect
      .poll(
        () => member.client.session.updateProfile.mutate({ name: "Somebody" }).then(() => "done", String),
        {
          timeout: 8_000,
          interval: 500,
        },
      )
      .toBe("done");
    await expect.poll(() => readiness().then(({ status }) => status), { timeout: 5_000 }).toBe(200);
  });
});
