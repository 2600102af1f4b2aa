import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { watchAnswers } from "@creneau/api/answers.fixture";
import { hashPassword } from "@creneau/api/identity/password";
import { type Database, openDatabase } from "@creneau/db/database";
import {
  createMembership,
  createOrganization,
  createUser,
  type TestOrganization,
} from "@creneau/db/testing/factories";
import { createTestDatabase, type TestDatabase } from "@creneau/db/testing/test-database";
import { Browser, type Visitor } from "../attack/browser.ts";
import { completeEnv, readEnv, type ServerEnv } from "../src/env.ts";
import { createLog } from "../src/log.ts";
import { type RunningServer, startServer } from "../src/main.ts";
import type { SocketLimits } from "../src/socket-limits.ts";

watchAnswers();

export const testPassword = "correct horse battery";
const testPasswordHash = hashPassword(testPassword);

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
  roles?: string[];
  limits?: Partial<SocketLimits>;
}

export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
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
  const env = completeEnv(readEnv({ variables, roles: options.roles ?? ["socket"] }));
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
