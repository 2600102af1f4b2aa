import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Visitor } from "../attack/browser.ts";
import { DeviceTags } from "../src/device-cookie.ts";
import { createRateLimits } from "../src/rate-limiter.ts";
import { networkOf } from "../src/request-origin.ts";
import { SignInDoors } from "../src/sign-in-doors.ts";
import { startTestServer, type TestServer, testPassword } from "./test-server.ts";

let mailServer: SMTPServer;
let mails = 0;
let server: TestServer;
beforeAll(async () => {
  mailServer = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    onData(stream, _session, done) {
      mails += 1;
      stream.resume().on("end", done);
    },
  });
  mailServer.listen(0, "127.0.0.1");
  await once(mailServer.server, "listening");
  const { port } = mailServer.server.address() as AddressInfo;
  server = await startTestServer({
    variables: { RATE_LIMITS: "on", TRUST_PROXY: "1", SMTP_URL: `smtp://127.0.0.1:${port}` },
  });
});
afterAll(async () => {
  await server.close();
  await new Promise<void>((resolve) => mailServer.close(() => resolve()));
});

/** The server's own budgets, spent without the half second of a password's hash. */
function knockDirectly(): SignInDoors {
  return new SignInDoors(createRateLimits({ database: server.database, enabled: true }));
}

let networks = 0;
/** An address nobody has used yet. */
function newAddress(): string {
  networks += 1;
  return `198.51.${networks >> 8}.${networks & 255}`;
}

const form = { "content-type": "application/x-www-form-urlencoded" };

async function tryPassword(visitor: Visitor, from: string, fields: { email: string; password: string }) {
  const { csrfToken } = (await (await visitor.fetch("/api/auth/csrf")).json()) as { csrfToken: string };
  const response = await visitor.fetch("/api/auth/callback/credentials", {
    method: "POST",
    headers: { ...form, "x-forwarded-for": from },
    body: new URLSearchParams({ ...fields, csrfToken, json: "true" }),
  });
  return response.status;
}

async function askForLink(from: string, email: string) {
  const response = await server.visit().fetch("/api/auth/signin/email", {
    method: "POST",
    headers: { ...form, "x-forwarded-for": from },
    body: new URLSearchParams({ email, json: "true" }),
  });
  return { status: response.status, retryAfter: Number(response.headers.get("retry-after")) };
}

async function times<T>(count: number, work: () => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let turn = 0; turn < count; turn++) results.push(await work());
  return results;
}

/** An account whose owner signed in once, from an address of their own, with the browser that did. */
async function newOwner(): Promise<{ email: string; home: string; browser: Visitor }> {
  const { email } = await server.signInMember(await server.createOrganization());
  const browser = server.visit();
  const home = newAddress();
  expect(await tryPassword(browser, home, { email, password: testPassword })).toBe(200);
  return { email, home, browser };
}

describe("wrong passwords from one network", () => {
  test("close the password's door for that network alone", async () => {
    const { email, home } = await newOwner();
    const attacker = newAddress();
    const attack = () => tryPassword(server.visit(), attacker, { email, password: "a wrong password" });
    expect(await times(12, attack)).toEqual([...Array(10).fill(401), 429, 429]);
    // The right one is no better from there, and as good as ever from anywhere else, in a browser nobody knows too.
    const right = { email, password: testPassword };
    expect(await tryPassword(server.visit(), attacker, right)).toBe(429);
    expect(await tryPassword(server.visit(), home, right)).toBe(200);
    expect(await tryPassword(server.visit(), newAddress(), right)).toBe(200);
  });

  test("leave the owner's own browser alone, even behind the attacker's router; a stranger's browser not", async () => {
    const { email, browser } = await newOwner();
    const shared = newAddress();
    await times(10, () => tryPassword(server.visit(), shared, { email, password: "a wrong password" }));
    const right = { email, password: testPassword };
    expect(await tryPassword(server.visit(), shared, right)).toBe(429);
    expect(await tryPassword(browser, shared, right)).toBe(200);
    // A browser that is known for another account is a stranger here.
    const other = await newOwner();
    expect(await tryPassword(other.browser, shared, right)).toBe(429);
    // And being known is no licence to guess.
    const guess = () => tryPassword(browser, newAddress(), { email, password: "a wrong password" });
    expect(await times(11, guess)).toEqual([...Array(10).fill(401), 429]);
  });

  test("count one IPv6 network as one, however many addresses it has", async () => {
    const { email } = await newOwner();
    let host = 0;
    const attack = () => {
      host += 1;
      return tryPassword(server.visit(), `2001:db8:7:7::${host.toString(16)}`, {
        email,
        password: "wrong one",
      });
    };
    expect((await times(12, attack)).slice(-2)).toEqual([429, 429]);
    expect(await tryPassword(server.visit(), "2001:db8:7:8::1", { email, password: testPassword })).toBe(200);
  });
});

test("a crowd of networks is slowed down, and closes neither the owner's browser nor the door of the link", async () => {
  const { email, browser } = await newOwner();
  const doors = knockDirectly();
  // Two were the owner's own.
  await times(98, () => doors.tryPassword({ account: email, network: newAddress(), device: null }));
  const right = { email, password: testPassword };
  expect(await tryPassword(server.visit(), newAddress(), right)).toBe(429);
  expect(await tryPassword(browser, newAddress(), right)).toBe(200);
  expect(await askForLink(newAddress(), email)).toMatchObject({ status: 200 });
});

describe("requests for a link", () => {
  test("from one network are refused for that network alone", async () => {
    const { email } = await newOwner();
    const attacker = newAddress();
    const statuses = (await times(7, () => askForLink(attacker, email))).map(({ status }) => status);
    expect(statuses).toEqual([...Array(5).fill(200), 429, 429]);
    expect(await askForLink(newAddress(), email)).toMatchObject({ status: 200 });
  });

  test("are refused only while a link that works lies in the mailbox: one is mailed before, whoever spent the budgets", async () => {
    const { email } = await newOwner();
    const shared = newAddress();
    // Somebody behind the same router spends its whole budget on other accounts, and that of passwords.
    const doors = knockDirectly();
    await times(60, async () => {
      const account = `nobody-${Math.random()}@example.test`;
      await doors.askForLink({ account, network: shared });
      await doors.tryPassword({ account, network: shared, device: null });
    });
    expect(await tryPassword(server.visit(), shared, { email, password: testPassword })).toBe(429);
    mails = 0;
    expect(await askForLink(shared, email)).toMatchObject({ status: 200 });
    await expect.poll(() => mails, { timeout: 5_000 }).toBe(1);
    const refused = await askForLink(shared, email);
    expect(refused.status).toBe(429);
    // The link is good for a quarter of an hour.
    expect(refused.retryAfter).toBeLessThanOrEqual(600);
    // An account that does not exist cannot be told from one that does.
    const stranger = `stranger-${Math.random()}@example.test`;
    expect(await askForLink(shared, stranger)).toMatchObject({ status: 200 });
    expect(await askForLink(shared, stranger)).toMatchObject({ status: 429 });
  });
});

describe("the browser's cookie", () => {
  test("is HttpOnly, names nobody, and survives signing out", async () => {
    const { email, browser } = await newOwner();
    const device = /creneau\.device=([^;]+)/.exec(browser.cookie)?.[1] ?? "";
    expect(device).toMatch(/^[\w-]{22}\.[\w-]{22}$/);
    const csrf = (await (await browser.fetch("/api/auth/csrf")).json()) as { csrfToken: string };
    await browser.fetch("/api/auth/signout", {
      method: "POST",
      headers: form,
      body: new URLSearchParams({ csrfToken: csrf.csrfToken, json: "true" }),
    });
    expect(browser.cookie).toContain(device);
    const again = await browser.fetch("/api/auth/csrf");
    expect(again.headers.getSetCookie().join()).not.toContain(email);
  });

  test("remembers ten accounts, and none that it did not sign in to", () => {
    const tags = new DeviceTags("a secret for this test alone");
    let text: string | undefined;
    for (let user = 0; user < 12; user++) text = tags.remember(text, `user-${user}`);
    const device = tags.read(text);
    expect(Array.from({ length: 12 }, (_, user) => device?.knows(`user-${user}`))).toEqual([
      false,
      false,
      ...Array(10).fill(true),
    ]);
    expect(device?.knows("user-99")).toBe(false);
    // Signatures of one browser are worth nothing in another, nor under another secret.
    const [, tag] = (text ?? "").split(".");
    const [otherId] = tags.remember(undefined, "user-0").split(".");
    expect(tags.read(`${otherId}.${tag}`)?.knows("user-11")).toBe(false);
    expect(new DeviceTags("another secret").read(text)?.knows("user-11")).toBe(false);
    expect(tags.read("nonsense")).toBeNull();
    expect(tags.read(undefined)).toBeNull();
  });
});

test.each([
  ["203.0.113.7", "203.0.113.7"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:DB8:1:2::1", "2001:db8:1:2::/64"],
  ["2001:db8::1", "2001:db8:0:0::/64"],
  ["2001:0db8:0000:0000::9", "2001:db8:0:0::/64"],
  ["::1", "0:0:0:0::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
  ["e:somebody@example.test", "e:somebody@example.test"],
  ["unknown", "unknown"],
])("the network of %s is %s", (address, network) => {
  expect(networkOf(address)).toBe(network);
});
