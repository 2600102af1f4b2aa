import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { hashPassword } from "@creneau/api/identity/password";
import type { AppRouter } from "@creneau/api/root";
import { type Database, openDatabase } from "@creneau/db/database";
import {
  createMembership,
  createOrganization,
  createUser,
  type TestOrganization,
} from "@creneau/db/testing/factories";
import { createTestDatabase, type TestDatabase } from "@creneau/db/testing/test-database";
import { createTRPCClient, createWSClient, httpLink, type TRPCClient, wsLink } from "@trpc/client";
import { WebSocket } from "ws";
import { completeEnv, readEnv, type ServerEnv } from "../src/env.ts";
import { createLog } from "../src/log.ts";
import { type RunningServer, startServer } from "../src/main.ts";
import type { SocketLimits } from "../src/socket-limits.ts";

export const testPassword = "correct horse battery";
const testPasswordHash = hashPassword(testPassword);

export type Client = TRPCClient<AppRouter>;

/** Somebody's browser: its cookies, and the API as it sees it. */
export interface Visitor {
  readonly cookie: string;
  client: Client;
  /** Plain requests with this browser's cookies and origin; cookies that come back are kept. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** The API over a live socket of this browser; closed with the server, or by `close`. */
  wsClient(): { client: Client; close(): Promise<void> };
  /** A bare socket, already open, to look at frames and close codes. Rejects when the handshake is refused. */
  openSocket(options?: { origin?: string | null }): Promise<WebSocket>;
}

export interface Member extends Visitor {
  userId: string;
  email: string;
  membershipId: string;
}

/** A real server of the API (no pages) on a port and a database of its own. */
export interface TestServer {
  url: string;
  env: ServerEnv;
  /** The application's own kind of connection, for factories. */
  database: Database;
  databaseUrl: string;
  adminUrl: string;
  /** A browser without cookies. */
  visit(): Visitor;
  /** Signs in through `/api/auth`; throws when refused. */
  signIn(email: string, password?: string): Promise<Visitor>;
  /** A new user with a seat in the organization, signed in. */
  signInMember(
    organization: TestOrganization,
    options?: { role?: Parameters<typeof createMembership>[2]["role"]; siteIds?: string[]; email?: string },
  ): Promise<Member>;
  createOrganization(options?: Parameters<typeof createOrganization>[1]): Promise<TestOrganization>;
  /** Log records written so far. */
  logs(): string[];
  /** Starts another server process' worth on the same database (closed with this one). */
  startTwin(): Promise<TestServer>;
  /** Stops the server alone, draining it. */
  stop(): Promise<void>;
  /** Stops everything and drops the database if this server made it. */
  close(): Promise<void>;
}

export interface TestServerOptions {
  /** Shared by several servers; made (and dropped on close) when absent. */
  database?: TestDatabase;
  /** Environment variables on top of the defaults. */
  variables?: Record<string, string>;
  limits?: Partial<SocketLimits>;
}

export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

class Browser implements Visitor {
  readonly #url: string;
  readonly #origin: string;
  readonly #jar = new Map<string, string>();
  readonly #sockets: (() => Promise<void>)[];
  readonly client: Client;

  constructor({ url, origin, sockets }: { url: string; origin: string; sockets: (() => Promise<void>)[] }) {
    this.#url = url;
    this.#origin = origin;
    this.#sockets = sockets;
    this.client = createTRPCClient<AppRouter>({
      links: [
        httpLink({
          url: `${url}/api/trpc`,
          fetch: (input, init) => this.#send(String(input), init as RequestInit),
        }),
      ],
    });
  }

  get cookie(): string {
    return [...this.#jar].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  fetch(path: string, init: RequestInit = {}): Promise<Response> {
    return this.#send(this.#url + path, init);
  }

  async #send(url: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (this.#jar.size > 0) headers.set("cookie", this.cookie);
    if (!headers.has("origin")) headers.set("origin", this.#origin);
    const response = await fetch(url, { redirect: "manual", ...init, headers });
    for (const line of response.headers.getSetCookie()) this.#keep(line);
    return response;
  }

  #keep(setCookie: string): void {
    const [pair = "", ...attributes] = setCookie.split("; ");
    const at = pair.indexOf("=");
    const isGone = attributes.some((attribute) => /^max-age=0$/i.test(attribute));
    if (isGone) this.#jar.delete(pair.slice(0, at));
    else this.#jar.set(pair.slice(0, at), pair.slice(at + 1));
  }

  wsClient(): { client: Client; close(): Promise<void> } {
    const { cookie } = this;
    const origin = this.#origin;
    class CookieSocket extends WebSocket {
      constructor(address: string | URL, protocols?: string | string[]) {
        super(address, protocols, { headers: { cookie, origin } });
      }
    }
    const socket = createWSClient({
      url: `${this.#url.replace("http", "ws")}/api/trpc`,
      WebSocket: CookieSocket as unknown as typeof globalThis.WebSocket,
      retryDelayMs: () => 50,
    });
    const close = () => Promise.resolve(socket.close());
    this.#sockets.push(close);
    return { client: createTRPCClient<AppRouter>({ links: [wsLink({ client: socket })] }), close };
  }

  async openSocket({ origin = this.#origin }: { origin?: string | null } = {}): Promise<WebSocket> {
    const headers = { cookie: this.cookie, ...(origin !== null && { origin }) };
    const socket = new WebSocket(`${this.#url.replace("http", "ws")}/api/trpc`, { headers });
    this.#sockets.push(async () => socket.terminate());
    await new Promise<void>((resolve, reject) => {
      socket.once("open", resolve);
      socket.once("error", reject);
    });
    return socket;
  }

  async signIn(email: string, password: string): Promise<Response> {
    const csrf = (await (await this.fetch("/api/auth/csrf")).json()) as { csrfToken: string };
    return this.fetch("/api/auth/callback/credentials", {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ email, password, csrfToken: csrf.csrfToken, json: "true" }),
    });
  }
}

/** Signs in at a server that runs in a process of its own. */
export async function signInAt(url: string, email: string, password: string): Promise<Visitor> {
  const browser = new Browser({ url, origin: new URL(url).origin, sockets: [] });
  const response = await browser.signIn(email, password);
  if (response.status !== 200)
    throw new Error(`Sign-in refused: ${response.status} ${await response.text()}`);
  return browser;
}

/** Boots the real HTTP and socket server; about 100 ms once the run's PostgreSQL is up. */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const testDatabase = options.database ?? (await createTestDatabase());
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const variables = {
    PORT: String(port),
    APP_URL: url,
    DATABASE_URL: testDatabase.url,
    AUTH_SECRET: "a secret that only tests know, long enough",
    ENCRYPTION_KEYS: `test:${Buffer.alloc(32, 7).toString("base64")}`,
    LOG_LEVEL: "debug",
    // A suite signs in more people from one address than an office does; the throttle's own tests turn it on.
    RATE_LIMITS: "off",
    ...options.variables,
  };
  const env = completeEnv(readEnv({ variables, roles: ["socket"] }));
  const records: string[] = [];
  const log = createLog({
    level: env.LOG_LEVEL,
    destination: { write: (record) => void records.push(record) },
  });
  const server: RunningServer = await startServer({
    env,
    databaseUrl: testDatabase.url,
    dev: false,
    log,
    ...(options.limits && { limits: options.limits }),
  });
  const database = openDatabase({ url: testDatabase.url, poolSize: 4 });
  const sockets: (() => Promise<void>)[] = [];
  const twins: TestServer[] = [];
  const newBrowser = () => new Browser({ url, origin: new URL(env.APP_URL).origin, sockets });

  const testServer: TestServer = {
    url,
    env,
    database,
    databaseUrl: testDatabase.url,
    adminUrl: testDatabase.adminUrl,
    visit: newBrowser,
    async signIn(email, password = testPassword) {
      const browser = newBrowser();
      const response = await browser.signIn(email, password);
      if (response.status !== 200)
        throw new Error(`Sign-in refused: ${response.status} ${await response.text()}`);
      return browser;
    },
    async signInMember(organization, { role = "owner", siteIds = [], email } = {}) {
      const user = await createUser(database, {
        ...(email && { email }),
        passwordHash: await testPasswordHash,
      });
      const membership = await createMembership(database, organization, { userId: user.id, role, siteIds });
      const browser = await testServer.signIn(user.email);
      return Object.assign(browser, { userId: user.id, email: user.email, membershipId: membership.id });
    },
    createOrganization: (organization) => createOrganization(database, organization),
    logs: () => records,
    async startTwin() {
      const twin = await startTestServer({ ...options, database: testDatabase });
      twins.push(twin);
      return twin;
    },
    async stop() {
      await server.close();
    },
    async close() {
      for (const twin of twins) await twin.close();
      await Promise.all(sockets.map((close) => close()));
      await server.close();
      await database.close();
      if (!options.database) await testDatabase.drop();
    },
  };
  return testServer;
}
