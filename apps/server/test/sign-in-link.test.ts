import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Visitor } from "../attack/browser.ts";
import { startTestServer, type TestServer } from "./test-server.ts";

let mailServer: SMTPServer;
let server: TestServer;
const mails: string[] = [];

beforeAll(async () => {
  mailServer = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    onData(stream, _session, done) {
      text(stream).then((mail) => {
        mails.push(mail);
        done();
      }, done);
    },
  });
  mailServer.listen(0, "127.0.0.1");
  await once(mailServer.server, "listening");
  const { port } = mailServer.server.address() as AddressInfo;
  server = await startTestServer({ variables: { SMTP_URL: `smtp://127.0.0.1:${port}` } });
});
afterAll(async () => {
  await server.close();
  await new Promise<void>((resolve) => mailServer.close(() => resolve()));
});
beforeEach(() => {
  mails.length = 0;
});

async function ask(email: string, callbackUrl = "/fr/dashboard/calendar"): Promise<unknown> {
  const response = await server.visit().fetch("/api/auth/signin/email", {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ email, callbackUrl, json: "true" }),
  });
  return { status: response.status, body: await response.json() };
}

/** The link in the newest mail. */
async function mailedLink(): Promise<URL> {
  await expect.poll(() => mails.length, { timeout: 5_000 }).toBeGreaterThan(0);
  const decoded = (mails.at(-1) ?? "").replace(/=\r?\n/g, "").replace(/=3D/g, "=");
  const [address = ""] = /http:\/\/[^\s"]+\/api\/auth\/link\?[^\s"<]+/.exec(decoded) ?? [];
  return new URL(address);
}

function press(visitor: Visitor, link: URL): Promise<Response> {
  return visitor.fetch("/api/auth/link", {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({
      token: link.searchParams.get("token") ?? "",
      to: link.searchParams.get("to") ?? "",
    }),
  });
}

test("opening the mailed link changes nothing, however often; its button signs in, once", async () => {
  const member = await server.signInMember(await server.createOrganization());
  expect(await ask(member.email.toUpperCase())).toMatchObject({ status: 200 });
  const link = await mailedLink();
  for (let scan = 0; scan < 3; scan++) {
    const opened = await server.visit().fetch(link.pathname + link.search);
    expect(opened.status).toBe(200);
    expect(opened.headers.getSetCookie()).toEqual([]);
    expect(await opened.text()).toContain('<form method="post" action="/api/auth/link">');
  }
  const visitor = server.visit();
  const pressed = await press(visitor, link);
  expect(pressed.headers.get("location")).toBe(`${server.url}/fr/dashboard/calendar`);
  expect(await visitor.client.session.me.query()).toMatchObject({ user: { id: member.userId } });

  const late = server.visit();
  expect((await press(late, link)).headers.get("location")).toBe(`${server.url}/sign-in?error=Verification`);
  expect(await late.client.session.me.query()).toBeNull();
});

test("who forgot the password sets a new one right after the link, once; a session by password never does", async () => {
  const newPassword = "an altogether new password";
  const member = await server.signInMember(await server.createOrganization());
  await ask(member.email);
  const visitor = server.visit();
  await press(visitor, await mailedLink());
  const me = await visitor.client.session.me.query();
  expect(Date.parse(me?.passwordResetUntil ?? "") - Date.now()).toBeGreaterThan(14 * 60_000);
  // The twin: the same person, signed in by password, at the same moment.
  expect((await member.client.session.me.query())?.passwordResetUntil).toBeNull();
  await expect(member.client.session.changePassword.mutate({ newPassword })).rejects.toMatchObject({
    data: { code: "invalid_input" },
  });
  // A wrong one is no better for having come by a link.
  const wrong = { currentPassword: "not the one", newPassword };
  await expect(visitor.client.session.changePassword.mutate(wrong)).rejects.toThrow();

  // next-auth renews the cookie whenever a page asks who is there; the link is not forgotten over it.
  await visitor.fetch("/api/auth/session");
  await visitor.client.session.changePassword.mutate({ newPassword });
  expect((await visitor.client.session.me.query())?.passwordResetUntil).toBeNull();
  await expect(visitor.client.session.changePassword.mutate({ newPassword })).rejects.toMatchObject({
    data: { code: "invalid_input" },
  });
  expect(await member.client.session.me.query()).toBeNull();
  await server.signIn(member.email, newPassword);
});

test("an unknown address gets the same answer and no mail", async () => {
  const known = await server.signInMember(await server.createOrganization());
  const answer = await ask("stranger@example.test");
  expect(await ask(known.email)).toEqual(answer);
  await mailedLink();
  expect(mails).toHaveLength(1);
});

test("a newer link replaces the older, an old one is refused, and none leads elsewhere", async () => {
  const { email } = await server.signInMember(await server.createOrganization());
  await ask(email);
  const older = await mailedLink();
  mails.length = 0;
  await ask(email, "https://evil.example/x");
  const newer = await mailedLink();
  expect((await press(server.visit(), older)).headers.get("location")).toContain("error=Verification");
  newer.searchParams.set("to", "//evil.example");
  expect((await press(server.visit(), newer)).headers.get("location")).toBe(
    `${server.url}/evil.example`.replace("evil.example", ""),
  );

  mails.length = 0;
  await ask(email);
  const expired = await mailedLink();
  await server.database.prisma.signInToken.updateMany({ data: { expiresAt: new Date(Date.now() - 1) } });
  expect((await press(server.visit(), expired)).headers.get("location")).toContain("error=Verification");
});

test("the database holds no usable token", async () => {
  const { email } = await server.signInMember(await server.createOrganization());
  await ask(email);
  const link = await mailedLink();
  const rows = await server.database.prisma.signInToken.findMany();
  expect(rows.length).toBeGreaterThan(0);
  expect(JSON.stringify(rows)).not.toContain(link.searchParams.get("token"));
});
