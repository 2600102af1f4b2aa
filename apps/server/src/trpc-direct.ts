import type { IncomingMessage, ServerResponse } from "node:http";
import type { Context } from "@creneau/api/context";
import { type AppRouter, appRouter } from "@creneau/api/root";
import { isSharedAnswer } from "@creneau/api/shared-answer";
import { callTRPCProcedure, getErrorShape, getTRPCErrorFromUnknown, TRPCError } from "@trpc/server";
import { getHTTPStatusCode } from "@trpc/server/http";

/*
 * Plain JSON calls over HTTP, without tRPC's adapter: that one turns each request into a web `Request` and each answer
 * into a web `Response` and a stream, which costs more than most of our answers. Status, headers and bodies are the
 * adapter's (trpc-direct.test.ts compares them), except that the length is sent instead of chunks. Everything that is
 * not plainly such a call (unknown names, wrong methods, subscriptions, streams) is left to the adapter.
 */

/** Calls that can be answered here. */
export interface DirectCalls {
  paths: string[];
  type: "query" | "mutation";
  isBatch: boolean;
  url: URL;
}

const methods = { query: "GET", mutation: "POST" } as const;
/** By full name, whatever the router's type says. */
const procedures = appRouter._def.procedures as unknown as Record<
  string,
  { _def: { type: string } } | undefined
>;

/** What the request asks for; null when it is for the adapter. */
export function directCalls(
  request: IncomingMessage,
  { url, path, maxBatch, maxBodyBytes }: { url: URL; path: string; maxBatch: number; maxBodyBytes: number },
): DirectCalls | null {
  const { headers } = request;
  const contentType = headers["content-type"];
  if (contentType !== undefined && !contentType.startsWith("application/json")) return null;
  if (headers["trpc-accept"] !== undefined || headers.accept?.includes("application/jsonl")) return null;
  if (Number(headers["content-length"] ?? 0) > maxBodyBytes) return null;
  if (url.searchParams.has("connectionParams")) return null;
  const isBatch = url.searchParams.get("batch") === "1";
  const decoded = decodeURIComponent(path);
  const paths = isBatch ? decoded.split(",") : [decoded];
  if (paths.length > maxBatch) return null;
  const type = procedures[paths[0] ?? ""]?._def.type;
  if (type !== "query" && type !== "mutation") return null;
  if (request.method !== methods[type]) return null;
  if (paths.some((name) => procedures[name]?._def.type !== type)) return null;
  if (type === "mutation" && contentType === undefined) return null;
  return { paths, type, isBatch, url };
}

interface DirectParts {
  request: IncomingMessage;
  response: ServerResponse;
  context: Context;
  maxBodyBytes: number;
  onError: (error: TRPCError, path: string) => void;
}

type Outcome =
  | { result: { data: unknown } }
  | { error: AppRouter["_def"]["_config"]["$types"]["errorShape"] };

/** Calls the procedures and answers. Rejects nothing: each error is an answer. */
export async function answerDirectly(calls: DirectCalls, parts: DirectParts): Promise<void> {
  const { paths, isBatch } = calls;
  const readInputs = inputsOf(calls, parts);
  const outcomes = await Promise.all(
    paths.map((path, index) => call(calls, parts, { path, index, readInputs })),
  );
  const { response } = parts;
  const [first] = outcomes;
  if (response.destroyed || !first) return;
  const status = getHTTPStatusCode(isBatch ? outcomes : first);
  // A procedure may have set its own on the response.
  if (response.statusCode === 200) response.statusCode = status;
  const retryAfter = longestRetryAfter(
    outcomes.map((outcome) => ("error" in outcome ? outcome.error.data.details : null)),
  );
  if (retryAfter !== null) response.setHeader("retry-after", retryAfter);
  response.setHeader("content-type", "application/json");
  response.setHeader("vary", "trpc-accept, accept");
  response.end(isBatch ? JSON.stringify(outcomes) : bodyOf(first));
}

/** The longest time that refusals ask the caller to wait, in seconds; null when none does. */
export function longestRetryAfter(details: (Record<string, unknown> | null | undefined)[]): number | null {
  let longest: number | null = null;
  for (const each of details) {
    const seconds = each?.retryAfterSeconds;
    if (typeof seconds === "number") longest = Math.max(longest ?? 0, seconds);
  }
  return longest;
}

async function call(
  { type }: DirectCalls,
  { context, onError }: DirectParts,
  { path, index, readInputs }: { path: string; index: number; readInputs: () => Promise<Inputs> },
): Promise<Outcome> {
  try {
    const data = await callTRPCProcedure({
      router: appRouter,
      path,
      type,
      ctx: context,
      getRawInput: async () => (await readInputs())[index],
      // No query or mutation looks at it.
      signal: undefined,
      batchIndex: index,
    });
    return { result: { data } };
  } catch (cause) {
    const error = getTRPCErrorFromUnknown(cause);
    onError(error, path);
    const config = appRouter._def._config;
    return { error: getErrorShape({ config, error, type, path, input: undefined, ctx: context }) };
  }
}

const bodies = new WeakMap<object, Buffer>();

/** Shared answers are serialised once. */
function bodyOf(outcome: Outcome): string | Buffer {
  const data = "result" in outcome ? outcome.result.data : undefined;
  if (!isSharedAnswer(data)) return JSON.stringify(outcome);
  let body = bodies.get(data);
  if (!body) {
    body = Buffer.from(JSON.stringify(outcome));
    bodies.set(data, body);
  }
  return body;
}

type Inputs = Record<number, unknown>;

/** Reads the inputs when a procedure first asks for them, once for all. */
function inputsOf(calls: DirectCalls, parts: DirectParts): () => Promise<Inputs> {
  let inputs: Promise<Inputs> | undefined;
  return () => {
    inputs ??= parseInputs(calls, parts).catch((cause: unknown) => {
      if (cause instanceof TRPCError) throw cause;
      const message = cause instanceof Error ? cause.message : "Invalid input";
      throw new TRPCError({ code: "BAD_REQUEST", message, cause });
    });
    return inputs;
  };
}

async function parseInputs(
  { type, url, isBatch }: DirectCalls,
  { request, maxBodyBytes }: DirectParts,
): Promise<Inputs> {
  const text = type === "query" ? url.searchParams.get("input") : await readBody(request, maxBodyBytes);
  // A query without input has none; a body without anything in it is malformed.
  const value: unknown = type === "query" && !text ? undefined : JSON.parse(text ?? "");
  if (value === undefined) return {};
  if (!isBatch) return { 0: value };
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new TRPCError({
      code: "BAD_REQUEST",
      message: '"input" needs to be an object when doing a batch call',
    });
  }
  return value as Inputs;
}

const utf8 = new TextDecoder();

function readBody(request: IncomingMessage, maxBytes: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBytes) chunks.push(chunk);
      else reject(new TRPCError({ code: "PAYLOAD_TOO_LARGE" }));
    });
    request.once("end", () => resolve(utf8.decode(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks))));
    request.once("error", reject);
    request.once("close", () => {
      // Every request closes; only one whose body did not come is an error, and making one costs a stack trace.
      if (!request.complete) reject(new TRPCError({ code: "CLIENT_CLOSED_REQUEST" }));
    });
  });
}
