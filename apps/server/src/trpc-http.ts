import type { IncomingMessage, ServerResponse } from "node:http";
import { foreseenError } from "@creneau/api/errors";
import { appRouter } from "@creneau/api/root";
import { nodeHTTPRequestHandler } from "@trpc/server/adapters/node-http";
import type { ErrorReporter } from "./report-error.ts";
import { createRequestContext, type Identity, type RequestFacts } from "./request-context.ts";
import { answerDirectly, directCalls, longestRetryAfter } from "./trpc-direct.ts";

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
  const path = url.pathname.slice("/api/trpc/".length);
  const createContext = () =>
    createRequestContext(identity, { cookieHeader: request.headers.cookie ?? null, facts, response });
  const report = (error: unknown, procedure: string | undefined) =>
    reportError(error, { source: "http", procedure, requestId: facts.requestId });

  const calls = directCalls(request, { url, path, maxBatch, maxBodyBytes });
  // Without a context (the database is away), the adapter has the words for it: nothing of the body was read yet.
  const context = createContext();
  if (calls) {
    const known = await context.catch(() => null);
    if (known)
      return answerDirectly(calls, { request, response, context: known, maxBodyBytes, onError: report });
  }

  await nodeHTTPRequestHandler({
    router: appRouter,
    req: request,
    res: response,
    path,
    maxBodySize: maxBodyBytes,
    maxBatchSize: maxBatch,
    // The same one: asked again, an absent database would be waited for twice.
    createContext: () => context,
    responseMeta: ({ errors }) => {
      const seconds = longestRetryAfter(errors.map((error) => foreseenError(error)?.details));
      return seconds === null ? {} : { headers: { "retry-after": String(seconds) } };
    },
    onError: ({ error, path: procedure }) => report(error, procedure),
  });
}
