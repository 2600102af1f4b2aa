import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { migrationNames } from "@creneau/db/schema-engine";
import { Client, Pool } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { assertGuarded } from "../src/health.ts";
import { startTestServer, type TestServer } from "./test-server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

async function asOwner<T>({ adminUrl }: TestServer, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Sends bytes as they are; answers what came back. */
function sendRaw(bytes: string): Promise<string> {
  const { port } = new URL(server.url);
  const socket = connect(Number(port), "127.0.0.1");
  socket.end(bytes);
  return text(socket);
}

describe("health", () => {
  test("/healthz answers while the process lives", async () => {
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  });

  test("/readyz is false while a migration or the functions are missing", async () => {
    const ready = async () => {
      const response = await fetch(`${server.url}/readyz`);
      return { status: response.status, body: await response.json() };
    };
    expect(await ready()).toEqual({ status: 200, body: { ready: true, problems: [] } });
    const last = migrationNames().at(-1);
    const setFinished = (value: string) =>
      asOwner(server, (client) =>
        client.query(`UPDATE _prisma_migrations SET finished_at = ${value} WHERE migration_name = $1`, [
          last,
        ]),
      );
    await setFinished("NULL");
    expect(await ready()).toEqual({ status: 503, body: { ready: false, problems: ["migrations_missing"] } });
    await setFinished("now()");
    expect((await ready()).status).toBe(200);
    const rename = (hash: string) =>
      asOwner(server, (client) => client.query(`UPDATE sql_functions SET hash = ${hash}`));
    await rename("'other ' || hash");
    expect(await ready()).toEqual({ status: 503, body: { ready: false, problems: ["migrations_missing"] } });
    await rename("substr(hash, 7)");
    expect((await ready()).status).toBe(200);
  });

  test("/metrics counts requests by route and procedure, without ids", async () => {
    await server.visit().client.session.me.query();
    const metrics = await (await fetch(`${server.url}/metrics`)).text();
    expect(metrics).toMatch(
      /creneau_http_request_duration_seconds_count\{[^}]*procedure="session\.me"[^}]*\} \d+/,
    );
    expect(metrics).toContain("creneau_event_lag_seconds");
    expect(metrics).toContain('creneau_jobs{state="dead"} 0');
    expect(metrics).toContain('creneau_consumer_lag_seconds{consumer="availability.refresh"} 0');
    expect(metrics).toContain('creneau_parked_events{consumer="availability.refresh",state="parked"} 0');
    expect(metrics).toContain('creneau_database_connections{state="idle"}');
    expect(metrics).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/);
  });
});

describe("headers", () => {
  test("every answer carries them, a refusal too; the nonce is new each time", async () => {
    const responses = await Promise.all(
      ["/healthz", "/api/trpc/session.me", "/api/auth/csrf", "/nowhere"].map((path) =>
        fetch(server.url + path),
      ),
    );
    const nonces = responses.map((response) => {
      const policy = response.headers.get("content-security-policy") ?? "";
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).toContain("object-src 'none'");
      expect(policy).not.toContain("unsafe-eval");
      expect(response.headers.get("x-content-type-options")).toBe("nosniff");
      expect(response.headers.get("referrer-policy")).toBe("strict-origin-when-cross-origin");
      expect(response.headers.get("x-request-id")).toMatch(/^[\w-]{36}$/);
      expect(response.headers.has("strict-transport-security")).toBe(false);
      return /script-src 'self' 'nonce-([^']+)' 'strict-dynamic'/.exec(policy)?.[1];
    });
    expect(new Set(nonces).size).toBe(nonces.length);
    expect(nonces).not.toContain(undefined);
  });

  test("a request id and an address from outside count only behind a trusted proxy", async () => {
    const trusting = await startTestServer({ variables: { TRUST_PROXY: "1" } });
    try {
      const headers = { "x-request-id": "from-the-proxy-1" };
      const idOf = async (url: string) =>
        (await fetch(`${url}/healthz`, { headers })).headers.get("x-request-id");
      expect(await idOf(trusting.url)).toBe("from-the-proxy-1");
      expect(await idOf(server.url)).not.toBe("from-the-proxy-1");
    } finally {
      await trusting.close();
    }
  });
});

describe("what changes something", () => {
  const call = (init: RequestInit) =>
    fetch(`${server.url}/api/trpc/session.signOutEverywhere`, { method: "POST", ...init });

  test("is refused from another site, as a form, or by GET", async () => {
    const json = { "content-type": "application/json" };
    expect((await call({ headers: { ...json, origin: "https://evil.example" } })).status).toBe(403);
    expect((await call({ headers: { ...json, "sec-fetch-site": "same-site" } })).status).toBe(403);
    expect((await call({ headers: { "content-type": "text/plain" }, body: "{}" })).status).toBe(400);
    expect((await call({ body: new FormData() })).status).toBe(400);
    expect((await fetch(`${server.url}/api/trpc/session.signOutEverywhere`)).status).toBe(405);
    // Our host by another scheme is anybody's who sits on the way, and so is another port.
    expect((await call({ headers: { ...json, origin: server.url.replace("http:", "https:") } })).status).toBe(
      403,
    );
    expect((await call({ headers: { ...json, origin: "http://127.0.0.1:1" } })).status).toBe(403);
    // The twin: the very same call from our own page gets as far as asking who it is.
    expect((await call({ headers: { ...json, origin: server.url } })).status).toBe(401);
  });

  test("a body is bounded", async () => {
    const member = await server.signInMember(await server.createOrganization());
    const update = (name: string) =>
      member.fetch("/api/trpc/session.updateProfile", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ name }),
      });
    expect((await update("x".repeat(1_100_000))).status).toBe(413);
    expect((await update("x".repeat(100))).status).toBe(200);
  });

  test("a batch is bounded", async () => {
    const batch = (size: number) =>
      fetch(`${server.url}/api/trpc/${Array(size).fill("session.me").join(",")}?batch=1`);
    expect((await batch(20)).status).toBe(200);
    expect((await batch(21)).status).toBe(400);
  });
});

describe("malformed requests", () => {
  test.each([
    ["an address that is no address", "GET //%%% HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"],
    [
      "a broken escape in a procedure",
      "GET /api/trpc/%E0%A4%A HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    ],
    ["no HTTP at all", "\x16\x03\x01\x02\x00\x01\r\n\r\n"],
    [
      "an upgrade to nothing",
      "GET /api/trpc HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n",
    ],
    ["a host that is none", "GET /api/trpc/session.me HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n"],
    [
      "a broken cookie",
      "GET /api/auth/session HTTP/1.1\r\nHost: x\r\nCookie: =;a=%;;\r\nConnection: close\r\n\r\n",
    ],
  ])("%s gets an answer and harms nobody", async (_name, bytes) => {
    expect(await sendRaw(bytes)).toMatch(/^HTTP\/1\.1 [2-4]\d\d /);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  });
});

describe("draining", () => {
  test("what is in flight finishes, what comes after is refused", async () => {
    const draining = await startTestServer();
    try {
      const member = await draining.signInMember(await draining.createOrganization());
      await asOwner(draining, async (client) => {
        await client.query("BEGIN");
        await client.query(`SELECT FROM "user" WHERE id = $1 FOR UPDATE`, [member.userId]);
        const inFlight = member.client.session.updateProfile.mutate({ name: "In Flight" });
        const isWaiting = async () => {
          const { rowCount } = await client.query(
            "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
          );
          return rowCount;
        };
        await expect.poll(isWaiting).toBe(1);
        const stopped = draining.stop();
        const refused = () =>
          fetch(`${draining.url}/healthz`).then(
            ({ status }) => status,
            () => "refused",
          );
        await expect.poll(refused).toBe("refused");
        await client.query("COMMIT");
        await inFlight;
        await stopped;
        const { rows } = await client.query(`SELECT name FROM "user" WHERE id = $1`, [member.userId]);
        expect(rows).toEqual([{ name: "In Flight" }]);
      });
    } finally {
      await draining.close();
    }
  });
});

test("refuses to serve with a role that steps around row-level security", async () => {
  // As behind a pooler that drops the connection's options, and with them the application's role.
  const pool = new Pool({ connectionString: server.adminUrl, max: 1 });
  try {
    await expect(assertGuarded({ pool })).rejects.toThrow("bypasses row-level security");
    await assertGuarded(server.database);
  } finally {
    await pool.end();
  }
});
