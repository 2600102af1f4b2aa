import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { foreseenError, retryAfterOf } from "@creneau/api/errors";
import { appRouter } from "@creneau/api/root";
import { createCallerFactory } from "@creneau/api/trpc";
import { createAuth } from "./auth.ts";
import type { ServerEnv } from "./env.ts";
import { createHttpServer } from "./http.ts";
import { instanceOf } from "./instance.ts";
import { createLog, type Logger } from "./log.ts";
import { type Core, openCore } from "./open-core.ts";
import { answerUnavailable, publishPageStatus } from "./page-status.ts";
import { startPages } from "./pages.ts";
import { createRequestContext, readFacts } from "./request-context.ts";
import { attachSockets } from "./socket.ts";
import { type SocketLimits, socketLimits } from "./socket-limits.ts";
import { startWorker, type Worker } from "./worker.ts";

export interface RunningServer {
  /** Where it listens. */
  url: string;
  /**
   * Drains: no new jobs, what runs finishes (bounded), sockets are told to resume elsewhere, the pool closes. For
   * `noticeMs` before that it serves on while `/readyz` says that it leaves, so that no balancer sends it anything when
   * its port closes.
   */
  close(options?: { noticeMs?: number }): Promise<void>;
}

export interface ServerOptions {
  env: ServerEnv;
  databaseUrl: string;
  dev: boolean;
  /** Another destination for the log, and tighter limits, for tests. */
  log?: Logger;
  limits?: Partial<SocketLimits>;
}

type Closer = () => Promise<unknown>;

/** How long requests in flight may take to finish once the process was told to stop. */
const drainMs = 10_000;

async function listen(server: Server, { PORT, HOST }: ServerEnv): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(PORT, HOST, () => {
      server.off("error", reject);
      resolve();
    });
  });
  const { port } = server.address() as AddressInfo;
  return `http://${HOST.includes(":") ? `[${HOST}]` : HOST}:${port}`;
}

/** Accepts nothing more at once; resolves when every connection is gone. */
async function stopListening(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // Those that answer the last request of theirs in the meantime were not told to go.
  const idle = setInterval(() => server.closeIdleConnections(), 100);
  const timer = setTimeout(() => server.closeAllConnections(), drainMs);
  await closed;
  clearInterval(idle);
  clearTimeout(timer);
}

/** Pages rendered in this process call the API as the visitor through this, without an HTTP hop. */
function publishCaller({ identity, reportError }: Core): void {
  const createCaller = createCallerFactory(appRouter);
  const caller = async (headers: Headers) => {
    const facts = readFacts(headers);
    const onError = (error: unknown) => {
      const known = foreseenError(error);
      if (known?.code !== "unavailable") return;
      reportError(error, { source: "page", requestId: facts.requestId });
      answerUnavailable(headers, retryAfterOf(known) ?? 5);
    };
    try {
      const context = await createRequestContext(identity, { cookieHeader: headers.get("cookie"), facts });
      return createCaller(context, { onError: ({ error }) => onError(error) });
    } catch (error) {
      onError(error);
      throw error;
    }
  };
  Object.assign(globalThis, { [Symbol.for("creneau.caller")]: caller });
}

/** Starts the web and socket roles, as asked; answers where they listen. */
async function serve(
  core: Core,
  options: ServerOptions & { log: Logger },
  closers: Closer[],
): Promise<string> {
  const { env, dev, log } = options;
  const { appUrl } = core;
  const isWeb = env.roles.has("web");
  const hasSockets = env.roles.has("socket");
  if (isWeb) {
    publishCaller(core);
    publishPageStatus();
  }
  const pages = isWeb ? await startPages({ dev, host: env.HOST, port: env.PORT }) : null;
  if (pages) closers.push(pages.close);
  const server = createHttpServer({
    ...core,
    auth: createAuth({ ...core, ...core.identity, log, env }),
    log,
    headers: { appUrl, dev, mayBeFramed: (pathname) => /^\/(fr|en)\/embed\//.test(pathname) },
    trustProxy: env.TRUST_PROXY,
    instance: instanceOf(env.AUTH_SECRET),
    servesApi: isWeb || hasSockets,
    pages: pages?.handle ?? null,
  });
  const sockets = attachSockets({
    ...core,
    server,
    log,
    appOrigin: appUrl.origin,
    trustProxy: env.TRUST_PROXY,
    limits: { ...socketLimits, ...options.limits },
    isServing: hasSockets,
    otherUpgrades: dev ? pages?.upgrade : undefined,
  });
  closers.push(() => {
    const closed = Promise.all([stopListening(server), sockets.close()]);
    pages?.endUpgraded();
    return closed;
  });
  return listen(server, env);
}

/** Starts the roles that the environment asks for in this process; resolves once they serve. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { env, databaseUrl } = options;
  const log = options.log ?? createLog({ level: env.LOG_LEVEL });
  const core = await openCore({ env, databaseUrl, log });
  const closers: Closer[] = [core.close];
  let worker: Worker | undefined;
  const closeAll = async (noticeMs: number) => {
    core.readiness.state = "draining";
    const idle = worker?.close();
    // Waited for below; until then its failure is nobody's.
    idle?.catch(() => undefined);
    await sleep(noticeMs);
    closers.splice(1, 0, async () => idle);
    for (const close of closers.reverse()) await close();
  };
  try {
    if (env.roles.has("worker")) {
      const { events } = core.identity.services;
      const services = { ...core.identity.services, mailer: core.mailer, appUrl: env.APP_URL };
      worker = await startWorker({ services, events, databaseUrl });
    }
    const url = await serve(core, { ...options, log }, closers);
    core.readiness.state = "started";
    log.info({ roles: [...env.roles], port: env.PORT }, "serving");
    let closing: Promise<void> | undefined;
    return {
      url,
      close({ noticeMs = 0 } = {}) {
        closing ??= closeAll(noticeMs);
        return closing;
      },
    };
  } catch (error) {
    await closeAll(0);
    throw error;
  }
}
