import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Context } from "@creneau/api/context";
import { Sessions } from "@creneau/api/identity/load-session";
import type { Session } from "@creneau/api/identity/session";
import { appRouter } from "@creneau/api/root";
import { isSharedAnswer, shareAnswer } from "@creneau/api/shared-answer";
import { EventLog } from "@creneau/db/events/event-log";
import { nodeHTTPRequestHandler } from "@trpc/server/adapters/node-http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { answerDirectly, directCalls } from "../src/trpc-direct.ts";
import { startTestServer, type TestServer } from "./test-server.ts";

/** tRPC's adapter and ours, side by side on the same router and context. */
let server: TestServer;
let session: Session | null = null;
let adapter: Server;
let direct: Server;
/** Errors reported, by either. */
const reported = { adapter: [] as string[], direct: [] as string[] };
let answeredDirectly = 0;
const limits = { maxBatch: 5, maxBodyBytes: 2_000 };

function context(request: IncomingMessage, response: ServerResponse): Context {
  return {
    database: server.database,
    events: new EventLog(server.database),
    now: Date.now,
    publicConfig: { demo: false, signInProviders: [], appUrl: server.url },
    rateLimit: async () => undefined,
    forgetSession: () => undefined,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    linkSecret: "a secret for this test alone",
    session: request.headers.cookie === "member" ? session : null,
    requestId: "request",
    address: "127.0.0.1",
    setOrganization: (id) => void response.appendHeader("Set-Cookie", `organization=${id}`),
  };
}

beforeAll(async () => {
  server = await startTestServer();
  const member = await server.signInMember(await server.createOrganization(), { role: "manager" });
  const sessions = new Sessions({
    database: server.database,
    events: new EventLog(server.database),
    now: Date.now,
  });
  session = await sessions.load({ userId: member.userId, sessionVersion: 1 });
  expect(session).not.toBeNull();
  const pathOf = (url: URL) => url.pathname.slice("/api/trpc/".length);
  adapter = createServer((request, response) => {
    const url = new URL(request.url ?? "", "http://localhost");
    void nodeHTTPRequestHandler({
      router: appRouter,
      req: request,
      res: response,
      path: pathOf(url),
      maxBatchSize: limits.maxBatch,
      maxBodySize: limits.maxBodyBytes,
      createContext: () => context(request, response),
      onError: ({ error, path }) => reported.adapter.push(`${path} ${error.code}`),
    });
  });
  direct = createServer((request, response) => {
    const url = new URL(request.url ?? "", "http://localhost");
    const calls = directCalls(request, { url, path: pathOf(url), ...limits });
    if (!calls) {
      response.statusCode = 418;
      response.end();
      return;
    }
    answeredDirectly += 1;
    void answerDirectly(calls, {
      request,
      response,
      context: context(request, response),
      maxBodyBytes: limits.maxBodyBytes,
      onError: (error, path) => reported.direct.push(`${path} ${error.code}`),
    });
  });
  for (const one of [adapter, direct])
    await new Promise<void>((resolve) => one.listen(0, "127.0.0.1", resolve));
});

afterAll(async () => {
  for (const one of [adapter, direct]) one?.close();
  await server?.close();
});

/** Headers that belong to the transport of this one answer. */
const transport = ["content-length", "transfer-encoding", "date", "connection", "keep-alive"];

async function ask(target: Server, path: string, init: RequestInit) {
  const { port } = target.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${port}/api/trpc/${path}`, init);
  return {
    status: response.status,
    headers: [...response.headers].filter(([name]) => !transport.includes(name)),
    body: await response.text(),
  };
}

const asMember = { headers: { cookie: "member" } };
const input = (value: unknown) => `input=${encodeURIComponent(JSON.stringify(value))}`;
const post = (body: string, headers: Record<string, string> = {}) => ({
  method: "POST",
  headers: { "content-type": "application/json", ...headers },
  body,
});
const span = { from: "2026-11-23T00:00:00.000Z", to: "2026-11-30T00:00:00.000Z" };
const unknownId = "00000000-0000-4000-8000-000000000001";

test.each<[string, string, RequestInit]>([
  ["a query without input", "session.me", {}],
  ["a query with input", `appointments.list?${input(span)}`, asMember],
  ["a refusal", `appointments.list?${input(span)}`, {}],
  ["a row that is not there", `appointments.byId?${input({ id: unknownId })}`, asMember],
  ["wrong input", `appointments.list?${input({ from: 3 })}`, asMember],
  ["no input where some is needed", "appointments.list", asMember],
  ["malformed input", "appointments.list?input=%7Bnot", asMember],
  ["empty input", "session.me?input=", {}],
  ["a batch", `session.me,session.me?batch=1&${input({})}`, {}],
  ["a batch of one", `session.me?batch=1`, {}],
  ["a batch of both kinds", `session.me,appointments.list?batch=1&${input({ 1: span })}`, {}],
  ["a batch of refusals", `appointments.list,appointments.list?batch=1&${input({ 1: span })}`, {}],
  ["a batch with an odd input", `appointments.list,session.me?batch=1&${input([1])}`, asMember],
  ["a batch with a comma encoded", `session.me%2Csession.me?batch=1`, {}],
  ["a mutation", "appointments.cancel", post(JSON.stringify({ id: unknownId }), { cookie: "member" })],
  ["a mutation refused before its body is read", "appointments.cancel", post("{not")],
  ["a malformed body", "appointments.cancel", post("{not", { cookie: "member" })],
  ["an empty body", "appointments.cancel", post("", { cookie: "member" })],
  ["a body with a mark of its order", "appointments.cancel", post("\uFEFF{}", { cookie: "member" })],
  [
    "a batch of mutations",
    "appointments.cancel,appointments.undo?batch=1",
    post('{"0":{}}', { cookie: "member" }),
  ],
])("%s is answered as by tRPC's adapter", async (_name, path, init) => {
  reported.adapter = [];
  reported.direct = [];
  const before = answeredDirectly;
  const [expected, found] = [await ask(adapter, path, init), await ask(direct, path, init)];
  expect(found).toEqual(expected);
  expect(reported.direct).toEqual(reported.adapter);
  expect(answeredDirectly).toBe(before + 1);
});

test("a body that turns out too large is refused alike", async () => {
  const large = () => {
    const stream = new ReadableStream({
      start(controller) {
        for (let chunk = 0; chunk < 5; chunk++)
          controller.enqueue(new TextEncoder().encode(" ".repeat(1_000)));
        controller.close();
      },
    });
    return { ...post("", { cookie: "member" }), body: stream, duplex: "half" } as RequestInit;
  };
  const expected = await ask(adapter, "appointments.cancel", large());
  expect(expected.status).toBe(413);
  expect(await ask(direct, "appointments.cancel", large())).toEqual(expected);
});

test.each<[string, string, RequestInit]>([
  ["an unknown name", "nothing.here", {}],
  ["a name of every object", "constructor", {}],
  ["a known and an unknown name", "session.me,nothing.here?batch=1", {}],
  ["too many calls", `${Array(6).fill("session.me").join()}?batch=1`, {}],
  ["a query sent as a mutation", "session.me", post("{}")],
  ["a mutation sent as a query", "appointments.cancel", {}],
  ["a subscription", "appointments.onChange", {}],
  ["a stream of answers", "session.me?batch=1", { headers: { "trpc-accept": "application/jsonl" } }],
  ["a form", "appointments.cancel", { method: "POST", body: new FormData() }],
  ["a body announced as too large", "appointments.cancel", post(" ".repeat(3_000))],
  ["parameters of a connection", "session.me?connectionParams=1", {}],
  ["a look at the headers alone", "session.me", { method: "HEAD" }],
])("%s is left to the adapter", async (_name, path, init) => {
  expect((await ask(direct, path, init)).status).toBe(418);
});

test("an answer is shared only when it was marked", () => {
  const answer = { days: [] };
  expect(isSharedAnswer(answer)).toBe(false);
  expect(isSharedAnswer(shareAnswer(answer))).toBe(true);
  expect(isSharedAnswer(undefined)).toBe(false);
});
