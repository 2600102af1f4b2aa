import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { Sessions } from "@creneau/api/identity/load-session";
import type { Session } from "@creneau/api/identity/session";
import { appRouter } from "@creneau/api/root";
import { type Database, openDatabase } from "@creneau/db/database";
import { EventLog } from "@creneau/db/events/event-log";
import { inTenantSql } from "@creneau/db/in-tenant";
import { appendEvent } from "@creneau/db/testing/append-event";
import type { TestOrganization } from "@creneau/db/testing/factories";
import { applyWSSHandler } from "@trpc/server/adapters/ws";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { type Member, startTestServer, type TestServer } from "./test-server.ts";

/** tRPC's own handler with the same router, database and member: what it says is what ours must say. */
let stock: Server;
let stockUrl: string;
let stockDatabase: Database;
let stockLog: EventLog;
let stockSession: Session | null = null;
let ours: TestServer;
let organization: TestOrganization;
let member: Member;

beforeAll(async () => {
  ours = await startTestServer();
  organization = await ours.createOrganization();
  member = await ours.signInMember(organization, { role: "manager" });
  stockDatabase = openDatabase({ url: ours.databaseUrl, poolSize: 4 });
  stockLog = new EventLog(stockDatabase);
  await stockLog.start();
  const sessions = new Sessions({ database: stockDatabase, events: stockLog, now: Date.now });
  stockSession = await sessions.load({ userId: member.userId, sessionVersion: 1 });
  stock = createServer();
  applyWSSHandler({
    wss: new WebSocketServer({ server: stock }),
    router: appRouter,
    createContext: ({ req }) =>
      ({
        database: stockDatabase,
        events: stockLog,
        now: Date.now,
        session: req.url?.includes("anonymous") ? null : stockSession,
      }) as never,
  });
  await new Promise<void>((resolve) => stock.listen(0, "127.0.0.1", resolve));
  // Both readers of the log are then at the same place, which `connected` tells.
  await change({});
  await sleep(700);
  stockUrl = `ws://127.0.0.1:${(stock.address() as AddressInfo).port}`;
});

afterAll(async () => {
  stock?.closeAllConnections();
  stock?.close();
  await stockLog?.stop();
  await stockDatabase?.close();
  await ours?.close();
});

const site = "00000000-0000-4000-8000-000000000001";
const otherSite = "00000000-0000-4000-8000-000000000002";

/** Commits a change by the member; answers nothing, both servers read it from the log. */
function change(payload: Record<string, unknown>, type = "appointment.moved"): Promise<unknown> {
  return inTenantSql(ours.database, organization.scope, (tx) =>
    appendEvent(tx, {
      type,
      entityId: crypto.randomUUID(),
      version: 3,
      actorUserId: member.userId,
      payload: {
        providerId: site,
        siteId: site,
        roomId: null,
        startsAt: "2026-11-24T09:00:00.000Z",
        ...payload,
      },
    }),
  );
}

/**
 * Sends both servers the same, with changes in between, and answers what each said. A number among the steps waits until
 * each has said so much: on a busy machine a change may come later than any pause.
 */
async function compare(
  steps: (string | number | (() => Promise<unknown>))[],
  { anonymous = false } = {},
): Promise<{ ours: string[]; stock: string[] }> {
  const stockSocket = new WebSocket(`${stockUrl}/${anonymous ? "?anonymous" : ""}`);
  const ourSocket = await (anonymous ? ours.visit() : member).openSocket();
  if (stockSocket.readyState !== WebSocket.OPEN)
    await new Promise((resolve) => stockSocket.once("open", resolve));
  const heard = { ours: [] as string[], stock: [] as string[] };
  ourSocket.on("message", (data) => heard.ours.push(String(data)));
  stockSocket.on("message", (data) => heard.stock.push(String(data)));
  for (const step of steps) {
    if (typeof step === "number") {
      const least = () => Math.min(heard.ours.length, heard.stock.length);
      await expect.poll(least, { timeout: 10_000 }).toBeGreaterThanOrEqual(step);
    } else if (typeof step === "string") {
      ourSocket.send(step);
      stockSocket.send(step);
    } else await step();
    await settle(heard);
  }
  ourSocket.terminate();
  stockSocket.terminate();
  return heard;
}

/** Waits until both have said as much as each other and nothing more for a while. */
async function settle(heard: { ours: string[]; stock: string[] }): Promise<void> {
  let before = -1;
  for (let quiet = 0, rounds = 0; quiet < 8 && rounds < 200; rounds++) {
    await sleep(50);
    const now = heard.ours.length * 1000 + heard.stock.length;
    quiet = now === before && heard.ours.length === heard.stock.length ? quiet + 1 : 0;
    before = now;
  }
}

const subscribe = (extra: Record<string, unknown> = {}, params: Record<string, unknown> = {}) =>
  JSON.stringify({
    id: 1,
    method: "subscription",
    params: { path: "appointments.onChange", input: {}, ...params },
    ...extra,
  });
const stop = JSON.stringify({ id: 1, method: "subscription.stop" });

/** The id of the last item in a frame. */
const idIn = (frame: string | undefined): string =>
  (JSON.parse(frame ?? "{}") as { result: { id: string } }).result.id;

describe("appointments.onChange over a socket says what tRPC's handler says, byte for byte", () => {
  test("started, connected, events, stopped", async () => {
    const heard = await compare([
      subscribe(),
      2,
      () => change({ siteId: site }),
      3,
      () => change({ siteId: site, providerId: otherSite }, "client.changed"),
      () => change({}),
      4,
      stop,
      () => change({}),
    ]);
    expect(heard.ours).toEqual(heard.stock);
    expect(heard.ours.length).toBe(5);
    expect(heard.ours[2]).toContain(`"by":{"kind":"user","userId":"${member.userId}"`);
  });

  test("JSON-RPC ids and protocol, several subscriptions, calls of others in one message", async () => {
    const me = { id: 'é"2', jsonrpc: "2.0", method: "query", params: { path: "identity.nothing" } };
    const text = subscribe({ id: 'é"1', jsonrpc: "2.0" });
    const heard = await compare([
      `[${text},${JSON.stringify(me)}]`,
      subscribe({ id: 7 }),
      5,
      () => change({ siteId: site }),
      7,
      subscribe({ id: 7 }),
    ]);
    expect([...heard.ours].sort()).toEqual([...heard.stock].sort());
    expect(heard.ours.filter((frame) => frame.includes("appointment.moved")).length).toBe(2);
    expect(heard.ours.at(-1)).toContain("Duplicate id 7");
  });

  test("filters by site and provider", async () => {
    const heard = await compare([
      subscribe({ id: 1 }, { input: { siteIds: [site] } }),
      subscribe({ id: 2 }, { input: { providerIds: [site] } }),
      () => change({ siteId: site, providerId: otherSite }),
      () => change({ siteId: otherSite, providerId: site }),
      () => change({ siteId: otherSite, providerId: otherSite, previousProviderId: site }),
      7,
    ]);
    expect([...heard.ours].sort()).toEqual([...heard.stock].sort());
    expect(heard.ours.length).toBe(7);
  });

  test("a replay from the last event, and a reload from one that the log does not know", async () => {
    const first = await compare([subscribe(), () => change({ siteId: site })]);
    const lastEventId = idIn(first.ours.at(-1));
    await change({ siteId: site });
    await change({ siteId: otherSite });
    await sleep(600);
    const replayed = await compare([subscribe({}, { lastEventId }), () => change({})]);
    expect(replayed.ours).toEqual(replayed.stock);
    expect(replayed.ours.length).toBe(4);
    const reloaded = await compare([
      subscribe({}, { lastEventId: "999999999-1" }),
      subscribe({ id: 2 }, { lastEventId: "nonsense" }),
    ]);
    expect([...reloaded.ours].sort()).toEqual([...reloaded.stock].sort());
    expect(reloaded.ours.filter((frame) => frame.includes('"reload"')).length).toBe(2);
  });

  test("refusals: no session, wrong input, unreadable requests", async () => {
    const anonymous = await compare([subscribe()], { anonymous: true });
    expect(anonymous.ours).toEqual(anonymous.stock);
    expect(anonymous.ours[0]).toContain("unauthenticated");
    const wrong = await compare([
      subscribe({}, { input: { siteIds: 3 } }),
      subscribe({}, { input: undefined }),
      subscribe({ id: null }),
      subscribe({ jsonrpc: "1.0" }),
      subscribe({}, { lastEventId: 4 }),
      subscribe({ method: "query" }),
      JSON.stringify({ id: 9, method: "subscription.stop" }),
      `{"appointments.onChange"`,
    ]);
    expect(wrong.ours).toEqual(wrong.stock);
    expect(wrong.ours.length).toBeGreaterThan(5);
  });
});
