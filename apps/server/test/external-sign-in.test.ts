import { generateKeyPairSync, sign } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createUser } from "@creneau/db/testing/factories";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Visitor } from "../attack/browser.ts";
import { startTestServer, type TestServer } from "./test-server.ts";

const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });

/** The person that the issuer signs in next. */
let person: { sub: string; email: string; email_verified?: boolean; tid?: string; xms_edov?: boolean };
let issuer: Server;
let issuerUrl: string;
let server: TestServer;

function idToken(): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: issuerUrl, aud: "client", iat: now, exp: now + 300, name: "Somebody", ...person };
  const content = `${part({ alg: "RS256", kid: "k1" })}.${part(claims)}`;
  return `${content}.${sign("sha256", Buffer.from(content), privateKey).toString("base64url")}`;
}

/** As much of OpenID Connect as a client asks for; Google and Microsoft alike. */
function answerAsIssuer(path: string): object {
  if (path.endsWith("/.well-known/openid-configuration")) {
    return {
      issuer: issuerUrl,
      authorization_endpoint: `${issuerUrl}/authorize`,
      token_endpoint: `${issuerUrl}/token`,
      jwks_uri: `${issuerUrl}/keys`,
      id_token_signing_alg_values_supported: ["RS256"],
    };
  }
  if (path === "/keys")
    return { keys: [{ ...publicKey.export({ format: "jwk" }), kid: "k1", alg: "RS256", use: "sig" }] };
  return { access_token: "access", token_type: "Bearer", expires_in: 300, id_token: idToken() };
}

beforeAll(async () => {
  issuer = createServer((request, response) => {
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(answerAsIssuer(request.url ?? "")));
  });
  issuer.listen(0, "127.0.0.1");
  await once(issuer, "listening");
  issuerUrl = `http://127.0.0.1:${(issuer.address() as AddressInfo).port}`;
  server = await startTestServer({
    variables: {
      GOOGLE_CLIENT_ID: "client",
      GOOGLE_CLIENT_SECRET: "secret",
      GOOGLE_AUTH_URL: `${issuerUrl}/authorize`,
      MICROSOFT_CLIENT_ID: "client",
      MICROSOFT_CLIENT_SECRET: "secret",
      MICROSOFT_AUTHORITY_URL: `${issuerUrl}/common`,
    },
  });
});
afterAll(async () => {
  await server.close();
  issuer.close();
});

/** Goes to the provider and comes back; answers where that leads. */
async function comeBackFrom(provider: "google" | "azure-ad", visitor: Visitor): Promise<string> {
  const { csrfToken } = (await (await visitor.fetch("/api/auth/csrf")).json()) as { csrfToken: string };
  const started = await visitor.fetch(`/api/auth/signin/${provider}`, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ csrfToken, callbackUrl: "/fr/dashboard/calendar", json: "true" }),
  });
  const authorize = new URL(((await started.json()) as { url: string }).url);
  expect(authorize.origin).toBe(issuerUrl);
  expect(authorize.searchParams.get("redirect_uri")).toBe(`${server.url}/api/auth/callback/${provider}`);
  const back = new URLSearchParams({ code: "code", state: authorize.searchParams.get("state") ?? "" });
  const response = await visitor.fetch(`/api/auth/callback/${provider}?${back}`);
  return response.headers.get("location") ?? "";
}

async function whoComesBack(provider: "google" | "azure-ad"): Promise<string | null> {
  const visitor = server.visit();
  await comeBackFrom(provider, visitor);
  return (await visitor.client.session.me.query())?.user.id ?? null;
}

test("a verified e-mail signs in to the account that has it, and stays linked when the e-mail changes", async () => {
  const user = await createUser(server.database, { email: "lea@example.test" });
  person = { sub: "google-1", email: "Lea@Example.test", email_verified: true };
  const visitor = server.visit();
  expect(await comeBackFrom("google", visitor)).toBe(`${server.url}/fr/dashboard/calendar`);
  expect(await visitor.client.session.me.query()).toMatchObject({ user: { id: user.id } });
  person = { ...person, email: "other@example.test", email_verified: false };
  expect(await whoComesBack("google")).toBe(user.id);
});

test("an unverified e-mail takes over nobody's account, and a stranger gets none", async () => {
  await createUser(server.database, { email: "victim@example.test" });
  person = { sub: "google-2", email: "victim@example.test", email_verified: false };
  const visitor = server.visit();
  expect(await comeBackFrom("google", visitor)).toContain("error=OAuthAccountNotLinked");
  expect(await visitor.client.session.me.query()).toBeNull();
  person = { sub: "google-3", email: "stranger@example.test", email_verified: true };
  expect(await whoComesBack("google")).toBeNull();
  expect(await server.database.prisma.user.count({ where: { email: "stranger@example.test" } })).toBe(0);
});

test("any Microsoft tenant may claim any address: it counts only when its domain was verified", async () => {
  const user = await createUser(server.database, { email: "noe@example.test" });
  person = { sub: "ms-1", email: "noe@example.test", tid: "11111111-2222-3333-4444-555555555555" };
  expect(await whoComesBack("azure-ad")).toBeNull();
  person = { ...person, xms_edov: true };
  expect(await whoComesBack("azure-ad")).toBe(user.id);
});

test("a deactivated account stays closed to its linked identity", async () => {
  const user = await createUser(server.database, { email: "gone@example.test" });
  person = { sub: "google-4", email: "gone@example.test", email_verified: true };
  expect(await whoComesBack("google")).toBe(user.id);
  await server.database.prisma.user.update({ where: { id: user.id }, data: { deactivatedAt: new Date() } });
  expect(await whoComesBack("google")).toBeNull();
});
