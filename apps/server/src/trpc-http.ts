import type { IncomingMessage, ServerResponse } from "node:http";
import { appRouter } from "@creneau/api/root";
import { nodeHTTPRequestHandler } from "@trpc/server/adapters/node-http";
import type { ErrorReporter } from "./report-error.ts";
import { createRequestContext, type Identity, type RequestFacts } from "./request-context.ts";

const maxBodyBytes = 1024 * 1024;
const maxBatch = 20;

/** Procedure of a single call, for metrics: a name that exists, "batch" or "unknown". */
export function procedureLabel(pathname: string): string {
  const path = pathname.slice("/api/trpc/".length).replaceAll(/%2c/gi, ",");
  if (path.includes(",")) return "batch";
  return Object.hasOwn(appRouter._def.procedures, path) ? path : "unknown";
}

/** Answers tRPC calls over HTTP. The caller has checked where the request comes from. */
export async function handleTrpc(
  identity: Identity,
  {
    request,
    response,
    url,
    facts,
    reportError,
  }: {
    request: IncomingMessage;
    response: ServerResponse;
    url: URL;
    facts: RequestFacts;
    reportError: ErrorReporter;
  },
): Promise<void> {
  await nodeHTTPRequestHandler({
    router: appRouter,
    req: request,
    res: response,
    path: url.pathname.slice("/api/trpc/".length),
    maxBodySize: maxBodyBytes,
    maxBatchSize: maxBatch,
    createContext: () =>
      createRequestContext(identity, { cookieHeader: request.headers.cookie ?? null, facts, response }),
    onError: ({ error, path }) =>
      reportError(error, { source: "http", procedure: path, requestId: facts.requestId }),
  });
}
