import { hashPassword } from "@creneau/api/identity/password";
import { createMembership, createUser } from "@creneau/db/testing/factories";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Visitor } from "../attack/browser.ts";
import { startTestServer, type TestServer, testPassword } from "./test-server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

async function postPassword(
  visitor: Visitor,
  { email, password, headers = {} }: { email: string; password: string; headers?: Record<string, string> },
): Promise<{ status: number; body: unknown; setCookie: string[]; retryAfter: string | null }> {
  const { csrfToken } = (await (await visitor.fetch("/api/auth/csrf")).json()) as { csrfToken: string };
  const response = await visitor.fetch("/api/auth/callback/credentials", {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
    body: new URLSearchParams({ email, password, csrfToken, json: "true" }),
  });
  return {
    status: response.status,
    body: await response.json(),
    setCookie: response.headers.getSetCookie(),
    retryAfter: response.headers.get("retry-after"),
  };
}

describe("session.me", () => {
  test("is null for a visitor without a session", async () => {
    expect(await server.visit().client.session.me.query()).toBeNull();
  });

  test("says who and where after signing in, over HTTP and over the socket", async () => {
    const organization = await server.createOrganization({ slug: "cabinet" });
    const member = await server.signInMember(organization, { role: "operator" });
    const me = await member.client.session.me.query();
    expect(me).toMatchObject({
      user: { id: member.userId, email: member.email },
      organization: { id: organization.id, slug: "cabinet", slotMinutes: 15 },
      role: "operator",
      organizations: [{ slug: "cabinet", role: "operator" }],
    });
    expect(me?.permissions).toContain("appointments.change_all");
    expect(me?.permissions).not.toContain("members.change");
    expect(await member.wsClient().client.session.me.query()).toEqual(me);
  });

  test("is the same through a second server process", async () => {
    const twin = await server.startTwin();
    const member = await server.signInMember(await server.createOrganization());
    const response = await fetch(`${twin.url}/api/trpc/session.me`, { headers: { cookie: member.cookie } });
    expect(await response.json()).toMatchObject({ result: { data: { user: { id: member.userId } } } });
  });
});

describe("signing in", () => {
  test("refuses a wrong password and an unknown address alike", async () => {
    const { email } = await server.signInMember(await server.createOrganization());
    const wrong = await postPassword(server.visit(), { email, password: "not the password" });
    const unknown = await postPassword(server.visit(), {
      email: "nobody@example.test",
      password: "not the password",
    });
    expect(wrong).toMatchObject({ status: 401, body: { url: expect.stringContaining("CredentialsSignin") } });
    expect(unknown.body).toEqual(wrong.body);
    expect(unknown.status).toBe(wrong.status);
  });

  test("refuses a deactivated account", async () => {
    const { email } = await createUser(server.database, { passwordHash: await hashPassword(testPassword) });
    await server.database.prisma.user.update({ where: { email }, data: { deactivatedAt: new Date() } });
    expect(await postPassword(server.visit(), { email, password: testPassword })).toMatchObject({
      status: 401,
    });
  });

  test("refuses a form that another site posts, and takes the same form from ours", async () => {
    const { email } = await server.signInMember(await server.createOrganization());
    const attempt = (headers: Record<string, string>) =>
      postPassword(server.visit(), { email, password: testPassword, headers });
    expect(await attempt({ origin: "https://evil.example" })).toMatchObject({ status: 403 });
    expect(await attempt({ "sec-fetch-site": "cross-site" })).toMatchObject({ status: 403 });
    expect(await attempt({ origin: server.url, "sec-fetch-site": "same-origin" })).toMatchObject({
      status: 200,
    });
  });

  test("never redirects to another site", async () => {
    const visitor = server.visit();
    const response = await visitor.fetch("/api/auth/signin?callbackUrl=https://evil.example/");
    expect(response.headers.get("location")).not.toMatch(/^https:\/\/evil/);
    expect(decodeURIComponent(visitor.cookie)).not.toContain("evil.example");
  });

  test("keeps the session in an HttpOnly, SameSite cookie", async () => {
    const { email } = await server.signInMember(await server.createOrganization());
    const { setCookie } = await postPassword(server.visit(), { email, password: testPassword });
    const session = setCookie.find((line) => line.startsWith("next-auth.session-token="));
    expect(session).toMatch(/; HttpOnly/);
    expect(session).toMatch(/; SameSite=Lax/);
    expect(session).not.toMatch(/Secure/);
  });
});

describe("behind TLS", () => {
  let secure: TestServer;
  beforeAll(async () => {
    secure = await startTestServer({ variables: { APP_URL: "https://rdv.example" } });
  });
  afterAll(() => secure.close());

  test("cookies are Secure and bound by their prefix, the organization's too", async () => {
    const visitor = secure.visit();
    const organization = await secure.createOrganization();
    const user = await createUser(secure.database, { passwordHash: await hashPassword(testPassword) });
    await createMembership(secure.database, organization, { userId: user.id });
    const csrf = (await visitor.fetch("/api/auth/csrf")).headers.getSetCookie();
    expect(csrf[0]).toMatch(/^__Host-next-auth\.csrf-token=.*; HttpOnly; Secure; SameSite=Lax$/);
    const { setCookie } = await postPassword(visitor, { email: user.email, password: testPassword });
    const session = setCookie.find((line) => line.includes("session-token"));
    expect(session).toMatch(/^__Secure-next-auth\.session-token=.*; HttpOnly; Secure; SameSite=Lax$/);
    const switched = await visitor.fetch("/api/trpc/session.switchOrganization", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ organizationId: organization.id }),
    });
    expect(switched.headers.getSetCookie()[0]).toMatch(
      /^__Host-creneau\.organization=.*HttpOnly; SameSite=Lax; Secure/,
    );
    expect(switched.headers.get("strict-transport-security")).toMatch(/max-age=\d{8}/);
  });
});

describe("throttling", () => {
  let first: TestServer;
  let second: TestServer;
  beforeAll(async () => {
    first = await startTestServer({ variables: { RATE_LIMITS: "on" } });
    second = await first.startTwin();
  });
  afterAll(() => first.close());

  test("an account takes ten attempts, whichever process they reach; others still sign in", async () => {
    const organization = await first.createOrganization();
    const { email } = await first.signInMember(organization);
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 12; attempt++) {
      const target = attempt % 2 === 0 ? first : second;
      statuses.push((await postPassword(target.visit(), { email, password: "wrong password" })).status);
    }
    expect(statuses).toEqual([...Array(10).fill(401), 429, 429]);
    const refused = await postPassword(first.visit(), { email, password: testPassword });
    expect(refused.status).toBe(429);
    expect(Number(refused.retryAfter)).toBeGreaterThan(60);
    await first.signInMember(organization);
  });

  test("a success gives the attempts back; a request that never reaches the password does not", async () => {
    const { email } = await first.signInMember(await first.createOrganization());
    for (let attempt = 0; attempt < 9; attempt++)
      await postPassword(first.visit(), { email, password: "wrong one" });
    await first.signIn(email);
    for (let attempt = 0; attempt < 9; attempt++)
      await postPassword(first.visit(), { email, password: "wrong one" });
    const withoutToken = () =>
      first.visit().fetch("/api/auth/callback/credentials", {
        method: "POST",
        headers: { "content-type": "application/x-www-form-urlencoded" },
        body: new URLSearchParams({ email, password: "wrong one", json: "true" }),
      });
    expect((await withoutToken()).status).toBe(200);
    expect((await withoutToken()).status).toBe(429);
  });

  test("the table of counters holds neither addresses nor e-mails", async () => {
    const { rows } = await first.database.pool.query<{ key: string }>("SELECT key FROM rate_limit");
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toMatch(/@|127\.0\.0\.1/);
  });
});
