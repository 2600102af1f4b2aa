import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Services } from "@creneau/api/context";
import { Sessions } from "@creneau/api/identity/load-session";
import { appRouter } from "@creneau/api/root";
import { createCallerFactory } from "@creneau/api/trpc";
import { openDatabase } from "@creneau/db/database";
import { EventLog } from "@creneau/db/events/event-log";
import { createAuth } from "./auth.ts";
import { AuthCookies } from "./auth-cookies.ts";
import type { ServerEnv } from "./env.ts";
import { assertGuarded, Readiness } from "./health.ts";
import { createHttpServer } from "./http.ts";
import { createLog, type Logger } from "./log.ts";
import { createMetrics } from "./metrics.ts";
import { type Pages, startPages } from "./pages.ts";
import { createRateLimits } from "./rate-limiter.ts";
import { createErrorReporter } from "./report-error.ts";
import { createRequestContext, type Identity, readFacts } from "./request-context.ts";
import { attachSockets, type SocketLimits, socketLimits } from "./socket.ts";

export interface RunningServer {
  /** Where it listens. */
  url: string;
  /** Drains: no new work, what runs finishes (bounded), sockets are told to resume elsewhere, the pool closes. */
  close(): Promise<void>;
}

export interface ServerOptions {
  env: ServerEnv;
  databaseUrl: string;
  adminUrl: string;
  dev: boolean;
  /** Another destination for the log, and tighter limits, for tests. */
  log?: Logger;
  limits?: Partial<SocketLimits>;
}

/** How long requests in flight may take to finish once the process was told to stop. */
const drainMs = 10_000;

function signInProviders(env: ServerEnv): string[] {
  const google = env.GOOGLE_CLIENT_ID && env.GOOGLE_CLIENT_SECRET ? ["google"] : [];
  const microsoft = env.MICROSOFT_CLIENT_ID && env.MICROSOFT_CLIENT_SECRET ? ["azure-ad"] : [];
  return ["credentials", ...google, ...microsoft];
}

async function listen(server: Server, { PORT, HOST }: ServerEnv): Promise<AddressInfo> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(PORT, HOST, () => {
      server.off("error", reject);
      resolve();
    });
  });
  return server.address() as AddressInfo;
}

async function stopListening(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), drainMs);
  await closed;
  clearTimeout(timer);
}

/** Pages rendered in this process call the API as the visitor through this, without an HTTP hop. */
function publishCaller(identity: Identity): void {
  const createCaller = createCallerFactory(appRouter);
  const caller = async (headers: Headers) =>
    createCaller(
      await createRequestContext(identity, {
        cookieHeader: headers.get("cookie"),
        facts: readFacts(headers),
      }),
    );
  Object.assign(globalThis, { [Symbol.for("creneau.caller")]: caller });
}

/** Starts the roles that the environment asks for in this process; resolves once they serve. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { env, databaseUrl, dev } = options;
  const log = options.log ?? createLog({ level: env.LOG_LEVEL });
  const appUrl = new URL(env.APP_URL);
  const database = openDatabase({ url: databaseUrl });
  const closers: (() => Promise<unknown>)[] = [() => database.close()];
  const closeAll = async () => {
    for (const close of closers.reverse()) await close();
  };
  try {
    await assertGuarded(database);
    const events = new EventLog(database);
    const now = Date.now;
    const sessions = new Sessions({ database, events, now });
    const rateLimits = createRateLimits({ database, enabled: env.RATE_LIMITS });
    if (!env.RATE_LIMITS) log.warn({}, "RATE_LIMITS is off: passwords can be guessed without bound");
    const services: Services = {
      database,
      events,
      now,
      publicConfig: { demo: env.DEMO, signInProviders: signInProviders(env), appUrl: env.APP_URL },
      rateLimit: (budget, key) => rateLimits.consume(budget, key),
      forgetSession: (userId) => sessions.forget(userId),
      log,
    };
    const cookies = new AuthCookies({ secret: env.AUTH_SECRET, isSecure: appUrl.protocol === "https:" });
    const identity = { services, sessions, cookies };
    const metrics = createMetrics({ database, events });
    const reportError = createErrorReporter({ log, metrics });
    const readiness = new Readiness(database);
    const auth = createAuth({
      database,
      sessions,
      cookies,
      rateLimits,
      log,
      appUrl,
      secret: env.AUTH_SECRET,
    });
    const isWeb = env.roles.has("web");
    const hasSockets = env.roles.has("socket");
    let pages: Pages | null = null;
    const server = createHttpServer({
      identity,
      auth,
      readiness,
      metrics,
      log,
      reportError,
      headers: { appUrl, dev },
      trustProxy: env.TRUST_PROXY,
      servesApi: isWeb || hasSockets,
      pages: () => pages?.handle ?? null,
    });
    await events.start();
    closers.push(() => events.stop());
    const { port } = await listen(server, env);
    closers.push(() => stopListening(server));
    if (isWeb) {
      publishCaller(identity);
      pages = await startPages({ dev, host: env.HOST, port, server });
      closers.push(pages.close);
    }
    const otherUpgrades = dev ? pages?.upgrade : undefined;
    if (hasSockets) {
      const sockets = attachSockets({
        server,
        identity,
        metrics,
        log,
        reportError,
        appOrigin: appUrl.origin,
        trustProxy: env.TRUST_PROXY,
        limits: { ...socketLimits, ...options.limits },
        otherUpgrades,
      });
      closers.push(() => sockets.close());
    }
    readiness.state = "started";
    log.info({ roles: [...env.roles], port }, "serving");
    let closing: Promise<void> | undefined;
    return {
      url: `http://${env.HOST.includes(":") ? `[${env.HOST}]` : env.HOST}:${port}`,
      close() {
        readiness.state = "draining";
        closing ??= closeAll();
        return closing;
      },
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}
