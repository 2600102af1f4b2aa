import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { handleCalendarFile } from "@creneau/api/calendar-files/calendar-http";
import { AppError, foreseenError, httpStatusOf, retryAfterOf } from "@creneau/api/errors";
import type { createAuth } from "./auth.ts";
import type { Readiness } from "./health.ts";
import type { Logger } from "./log.ts";
import type { Metrics } from "./metrics.ts";
import { createOriginGuard } from "./other-address.ts";
import { followPage } from "./page-status.ts";
import type { ErrorReporter } from "./report-error.ts";
import { readFields } from "./request-body.ts";
import { type Identity, putFacts, type RequestFacts } from "./request-context.ts";
import { clientAddress, requestId } from "./request-origin.ts";
import { applySecurityHeaders, type HeaderOptions } from "./security-headers.ts";
import { handleMailbox } from "./simulators/mailbox.ts";
import { handleTrpc, procedureLabel } from "./trpc-http.ts";

export type PageHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export interface HttpParts {
  identity: Identity;
  auth: ReturnType<typeof createAuth>;
  readiness: Readiness;
  metrics: Metrics;
  log: Logger;
  reportError: ErrorReporter;
  headers: HeaderOptions;
  trustProxy: boolean;
  /** Which installation this is. */
  instance: string;
  /** Whether this process answers the API; a mere worker only says how it is. */
  servesApi: boolean;
  /** Next; null without the `web` role. */
  pages: PageHandler | null;
}

interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  url: URL;
  facts: RequestFacts;
}

interface Route {
  /** Its label in metrics. */
  name: string;
  matches: (pathname: string) => boolean;
  handle: (exchange: Exchange) => Promise<void> | void;
}

function answerJson(response: ServerResponse, status: number, body: unknown): void {
  response.statusCode = status;
  response.setHeader("Content-Type", "application/json; charset=utf-8");
  response.setHeader("Cache-Control", "no-store");
  response.end(JSON.stringify(body));
}

/** Every refusal outside tRPC has the shape `{error: {code, message, requestId}}`. */
function answerError(response: ServerResponse, error: unknown, requestIdText: string): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const known = foreseenError(error) ?? new AppError("internal", "Something went wrong on our side");
  const retryAfter = retryAfterOf(known);
  if (retryAfter !== null) response.setHeader("Retry-After", String(retryAfter));
  // What was not read of the body must not be taken for the next request.
  response.setHeader("Connection", "close");
  answerJson(response, httpStatusOf(known), {
    error: {
      code: known.code,
      message: known.message,
      requestId: requestIdText,
      ...(known.details && { details: known.details }),
    },
  });
}

function isDecodable(pathname: string): boolean {
  try {
    decodeURIComponent(pathname);
    return true;
  } catch {
    return false;
  }
}

function routesOf(parts: HttpParts): Route[] {
  const { appUrl } = parts.headers;
  const own = { appOrigin: appUrl.origin, trustProxy: parts.trustProxy };
  const assertOwnWrite = createOriginGuard({ own, log: parts.log });
  const health: Route[] = [
    {
      name: "/healthz",
      matches: (path) => path === "/healthz",
      handle: ({ request, response, facts }) =>
        answerJson(response, 200, {
          status: "ok",
          appUrl: appUrl.origin,
          instance: parts.instance,
          // As this request looks from here, so that whoever sent it can see what lies between.
          seen: {
            host: request.headers.host ?? null,
            scheme: request.headers["x-forwarded-proto"] ?? null,
            address: facts.address,
            isForwarded: request.headers["x-forwarded-for"] !== undefined,
          },
        }),
    },
    {
      name: "/readyz",
      matches: (path) => path === "/readyz",
      async handle({ response }) {
        const problems = await parts.readiness.problems();
        answerJson(response, problems.length === 0 ? 200 : 503, { ready: problems.length === 0, problems });
      },
    },
    {
      name: "/metrics",
      matches: (path) => path === "/metrics",
      async handle({ response }) {
        response.setHeader("Content-Type", parts.metrics.registry.contentType);
        response.end(await parts.metrics.registry.metrics());
      },
    },
  ];
  if (!parts.servesApi) return health;
  return [
    ...health,
    {
      name: "/api/auth",
      matches: (path) => path.startsWith("/api/auth/"),
      async handle(exchange) {
        assertOwnWrite(exchange.request);
        const isWrite = exchange.request.method === "POST";
        const fields = isWrite ? await readFields(exchange.request) : {};
        await parts.auth({ ...exchange, fields, address: exchange.facts.address });
      },
    },
    {
      name: "/api/ics",
      matches: (path) => path.startsWith("/api/ics/"),
      handle: ({ request, response, facts }) =>
        handleCalendarFile(request, response, { ...parts.identity.services, address: facts.address }),
    },
    {
      name: "/demo/mailbox",
      matches: (path) => path.startsWith("/demo/mailbox"),
      handle({ request, response }) {
        if (!handleMailbox(request, response)) throw new AppError("not_found", "No such page");
      },
    },
    {
      name: "/api/trpc",
      matches: (path) => path.startsWith("/api/trpc/"),
      async handle(exchange) {
        assertOwnWrite(exchange.request);
        const type = exchange.request.headers["content-type"] ?? "";
        if (exchange.request.method === "POST" && !type.startsWith("application/json")) {
          throw new AppError("invalid_input", "Send application/json");
        }
        await handleTrpc(parts.identity, { ...exchange, reportError: parts.reportError });
      },
    },
  ];
}

/** The process's one HTTP server, not yet listening. Routes are tried in order; what none takes goes to the pages. */
export function createHttpServer(parts: HttpParts): Server {
  const routes = routesOf(parts);
  const { log, metrics, reportError } = parts;

  async function dispatch(exchange: Exchange, route: Route | undefined): Promise<void> {
    if (route) return route.handle(exchange);
    if (!parts.pages) throw new AppError("not_found", "No such page");
    putFacts(exchange.request, exchange.facts);
    followPage(exchange.request, exchange.response);
    await parts.pages(exchange.request, exchange.response);
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const startedAt = performance.now();
    const facts = {
      requestId: requestId(request, parts.trustProxy),
      address: clientAddress(request, parts.trustProxy),
    };
    response.setHeader("X-Request-Id", facts.requestId);
    if (parts.readiness.state === "draining") response.setHeader("Connection", "close");
    const url = URL.parse(request.url ?? "/", "http://localhost");
    const pathname = url?.pathname ?? "/";
    applySecurityHeaders(request, response, { pathname, options: parts.headers });
    const route = routes.find(({ matches }) => matches(pathname));
    response.once("close", () => {
      const seconds = (performance.now() - startedAt) / 1000;
      const procedure = route?.name === "/api/trpc" ? procedureLabel(pathname) : "";
      const labels = { route: route?.name ?? "page", procedure, status: String(response.statusCode) };
      metrics.httpDuration.observe(labels, seconds);
      // The path is left out on pages: it may hold a token (manage, portal links).
      log.debug({ ...labels, requestId: facts.requestId, ms: Math.round(seconds * 1000) }, "request");
    });
    try {
      if (!url || !isDecodable(pathname)) throw new AppError("invalid_input", "The address is malformed");
      await dispatch({ request, response, url, facts }, route);
    } catch (error) {
      reportError(error, { source: route ? "http" : "page", requestId: facts.requestId });
      answerError(response, error, facts.requestId);
    }
  }

  const server = createServer({ keepAliveTimeout: 65_000, headersTimeout: 20_000, requestTimeout: 60_000 });
  server.on("request", (request, response) => void answer(request, response));
  server.on("clientError", (_error, socket) => {
    if (socket.writable)
      socket.end("HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
    else socket.destroy();
  });
  return server;
}
