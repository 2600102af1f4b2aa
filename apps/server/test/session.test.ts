import { socketCloseCodes } from "@creneau/api/socket-close-codes";
import { createMembership } from "@creneau/db/testing/factories";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Visitor } from "../attack/browser.ts";
import { startTestServer, type TestServer, testPassword } from "./test-server.ts";

let server: TestServer;
let twin: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  twin = await server.startTwin();
});
afterAll(() => server.close());

/** Who a cookie is, asked of a server process. */
async function askWho({ url }: TestServer, cookie: string): Promise<string | null> {
  const response = await fetch(`${url}/api/trpc/session.me`, { headers: { cookie } });
  const answer = (await response.json()) as { result: { data: { user: { id: string } } | null } };
  return answer.result.data?.user.id ?? null;
}

describe("switching organization", () => {
  test("needs a seat there, and lasts for the browser's next requests", async () => {
    const first = await server.createOrganization({ slug: "first" });
    const second = await server.createOrganization({ slug: "second" });
    const foreign = await server.createOrganization({ slug: "foreign" });
    const member = await server.signInMember(first, { role: "viewer" });
    await createMembership(server.database, second, { userId: member.userId, role: "admin" });
    const browser = await server.signIn(member.email);

    const guess = browser.client.session.switchOrganization.mutate({ organizationId: foreign.id });
    await expect(guess).rejects.toMatchObject({ data: { code: "not_found" } });
    await browser.client.session.switchOrganization.mutate({ organizationId: second.id });
    expect(await browser.client.session.me.query()).toMatchObject({
      organization: { slug: "second" },
      role: "admin",
    });
    expect(await browser.wsClient().client.session.me.query()).toMatchObject({
      organization: { slug: "second" },
    });
    expect(await member.client.session.me.query()).toMatchObject({
      organization: { slug: "first" },
      role: "viewer",
    });
  });

  test("a cookie that names a foreign organization is ignored", async () => {
    const own = await server.createOrganization({ slug: "own" });
    const foreign = await server.createOrganization();
    const { cookie } = await server.signInMember(own);
    const response = await fetch(`${server.url}/api/trpc/session.me`, {
      headers: { cookie: `${cookie}; creneau.organization=${foreign.id}` },
    });
    expect(await response.json()).toMatchObject({ result: { data: { organization: { slug: "own" } } } });
  });
});

/** Signs out as the user menu does. */
async function signOut(browser: Visitor): Promise<Response> {
  const { csrfToken } = (await (await browser.fetch("/api/auth/csrf")).json()) as { csrfToken: string };
  return browser.fetch("/api/auth/signout", {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ csrfToken, json: "true" }),
  });
}

describe("signing out", () => {
  test("ends this session on the server: a copy of its cookie is refused at once, in every process; others live on", async () => {
    const member = await server.signInMember(await server.createOrganization());
    const other = await server.signIn(member.email);
    const copy = other.cookie;
    expect(await askWho(server, copy)).toBe(member.userId);
    expect(await askWho(twin, copy)).toBe(member.userId);
    expect((await signOut(other)).status).toBe(200);
    expect(await askWho(server, copy)).toBeNull();
    await expect.poll(() => askWho(twin, copy), { timeout: 2_000 }).toBeNull();
    expect(await askWho(server, member.cookie)).toBe(member.userId);
    expect(await askWho(twin, member.cookie)).toBe(member.userId);
  });

  test("ends it under a cookie that was renewed meanwhile, too", async () => {
    const member = await server.signInMember(await server.createOrganization());
    const older = member.cookie;
    // next-auth renews the cookie whenever a page asks who is there.
    await member.fetch("/api/auth/session");
    expect(member.cookie).not.toBe(older);
    await signOut(member);
    expect(await askWho(server, older)).toBeNull();
  });

  test("closes the sockets of this session, in every process, and no other's", async () => {
    const member = await server.signInMember(await server.createOrganization());
    const other = await server.signIn(member.email);
    const sockets = await Promise.all([other.openSocket(), member.openSocket()]);
    const closed = sockets.map((socket) => new Promise<number>((resolve) => socket.once("close", resolve)));
    await signOut(other);
    expect(await closed[0]).toBe(socketCloseCodes.signedOut);
    const stays = await Promise.race([closed[1], new Promise((resolve) => setTimeout(resolve, 500, "open"))]);
    expect(stays).toBe("open");
  });

  test("twice, or without a session, is no error; ended sessions are forgotten once their cookie is worthless", async () => {
    const member = await server.signInMember(await server.createOrganization());
    await signOut(member);
    expect((await signOut(member)).status).toBe(200);
    expect((await signOut(server.visit())).status).toBe(200);
    await server.database.prisma.endedSession.updateMany({ data: { expiresAt: new Date(Date.now() - 1) } });
    const again = await server.signIn(member.email);
    await signOut(again);
    expect(await server.database.prisma.endedSession.count()).toBe(1);
  });
});

describe("ending sessions", () => {
  test("a new password ends the other sessions, in every process; this browser goes on", async () => {
    const member = await server.signInMember(await server.createOrganization());
    const other = await server.signIn(member.email);
    expect(await askWho(twin, other.cookie)).toBe(member.userId);

    const wrong = { currentPassword: "something else", newPassword: "a longer new password" };
    await expect(member.client.session.changePassword.mutate(wrong)).rejects.toMatchObject({
      data: { code: "invalid_input" },
    });
    await member.client.session.changePassword.mutate({ ...wrong, currentPassword: testPassword });
    expect(await askWho(server, other.cookie)).toBeNull();
    await expect.poll(() => askWho(twin, other.cookie), { timeout: 2_000 }).toBeNull();
    expect(await askWho(twin, member.cookie)).toBe(member.userId);
    await expect(server.signIn(member.email)).rejects.toThrow("401");
    await server.signIn(member.email, "a longer new password");
  });

  test("signing out everywhere ends this session too, and next-auth drops its cookie", async () => {
    const member = await server.signInMember(await server.createOrganization());
    const other = await server.signIn(member.email);
    await member.client.session.signOutEverywhere.mutate();
    expect(await member.client.session.me.query()).toBeNull();
    expect(await askWho(server, other.cookie)).toBeNull();
    expect(await (await other.fetch("/api/auth/session")).json()).toEqual({});
    expect(other.cookie).not.toContain("session-token");
  });

  test("a profile change shows at once here and soon elsewhere", async () => {
    const member = await server.signInMember(await server.createOrganization());
    await askWho(twin, member.cookie);
    await member.client.session.updateProfile.mutate({ name: "Camille Roy", timezone: "Indian/Reunion" });
    const user = { name: "Camille Roy", timezone: "Indian/Reunion" };
    expect(await member.client.session.me.query()).toMatchObject({ user });
    const elsewhere = async () => {
      const response = await fetch(`${twin.url}/api/trpc/session.me`, { headers: { cookie: member.cookie } });
      return ((await response.json()) as { result: { data: { user: { name: string } } } }).result.data.user
        .name;
    };
    await expect.poll(elsewhere, { timeout: 2_000 }).toBe("Camille Roy");
    const bad = member.client.session.updateProfile.mutate({ timezone: "Mars/Olympus" });
    await expect(bad).rejects.toMatchObject({ data: { code: "invalid_input" } });
  });

  test("a token signed with another secret is nobody's", async () => {
    const member = await server.signInMember(await server.createOrganization());
    const stranger = await startTestServer({
      variables: { AUTH_SECRET: "another secret, as long as the first one" },
    });
    try {
      const { cookie } = await stranger.signInMember(await stranger.createOrganization());
      expect(await askWho(server, cookie)).toBeNull();
      expect(await askWho(server, member.cookie)).toBe(member.userId);
    } finally {
      await stranger.close();
    }
  });
});
