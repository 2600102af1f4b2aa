import { hashPassword } from "@creneau/api/identity/password";
import { type Database, openDatabase } from "@creneau/db/database";
import {
  createMembership,
  createOrganization,
  createProvider,
  createSite,
  createUser,
} from "@creneau/db/testing/factories";
import { createTestDatabase, type TestDatabase } from "@creneau/db/testing/test-database";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { signInAt, type Visitor } from "../attack/browser.ts";
import { type Balancer, startBalancer } from "./balancer.ts";
import { type ServerProcess, startServerProcess } from "./server-process.ts";
import { freePort, testPassword } from "./test-server.ts";

const minute = 60_000;

let testDatabase: TestDatabase;
let database: Database;
let balancer: Balancer;
let ports: number[];
let processes: ServerProcess[];
let member: Visitor;
let providerIds: string[];

function startAt(port: number, drainSeconds = 3): Promise<ServerProcess> {
  return startServerProcess(
    {
      DATABASE_URL: testDatabase.url,
      DATABASE_ADMIN_URL: testDatabase.adminUrl,
      APP_URL: balancer.url,
      AUTH_SECRET: "a secret that only this test knows, long enough",
      ENCRYPTION_KEYS: `test:${Buffer.alloc(32, 7).toString("base64")}`,
      RATE_LIMITS: "off",
      DRAIN_SECONDS: String(drainSeconds),
    },
    { port },
  );
}

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = openDatabase({ url: testDatabase.url, poolSize: 2 });
  const organization = await createOrganization(database);
  const user = await createUser(database, { passwordHash: await hashPassword(testPassword) });
  await createMembership(database, organization, { userId: user.id, role: "owner" });
  const site = await createSite(database, organization);
  providerIds = [];
  for (let each = 0; each < 4; each++)
    providerIds.push((await createProvider(database, organization, { siteId: site.id })).id);
  ports = [await freePort(), await freePort()];
  balancer = await startBalancer(ports);
  processes = await Promise.all(ports.map((port) => startAt(port)));
  await vi.waitFor(() => expect(balancer.ready()).toBe(2), { timeout: 10_000 });
  member = await signInAt(balancer.url, user.email, testPassword);
}, 120_000);
afterAll(async () => {
  await Promise.all(processes?.map((each) => each.end("SIGINT")) ?? []);
  await balancer?.close();
  await database?.close();
  await testDatabase?.drop();
});

test("a process that leaves says so for some seconds, on every answer, and serves meanwhile", async () => {
  const port = await freePort();
  const leaving = await startAt(port);
  const ended = leaving.end("SIGTERM");
  const startedAt = performance.now();
  await expect
    .poll(() => fetch(`${leaving.url}/readyz`).then(({ status }) => status), { timeout: 2_000 })
    .toBe(503);
  const [readiness, answer] = await Promise.all([
    fetch(`${leaving.url}/readyz`),
    fetch(`${leaving.url}/api/trpc/session.me`, { headers: { cookie: member.cookie } }),
  ]);
  expect(await readiness.json()).toEqual({ ready: false, problems: ["draining"] });
  expect(readiness.headers.get("connection")).toBe("close");
  expect([answer.status, answer.headers.get("connection")]).toEqual([200, "close"]);
  expect(await ended).toBe(0);
  expect(performance.now() - startedAt).toBeGreaterThan(2_500);
  await expect(fetch(`${leaving.url}/readyz`)).rejects.toThrow();
}, 60_000);

test("a rolling restart of two processes under load fails no request, and a live screen misses nothing", async () => {
  const midnight = Math.floor(Date.now() / 86_400_000) * 86_400_000 + 300 * 86_400_000;
  const created = new Set<string>();
  const told = new Set<string>();
  const refusals: unknown[] = [];
  let isOver = false;

  const { client: live, close: closeLive } = member.wsClient();
  const subscription = live.appointments.onChange.subscribe(
    {},
    { onData: ({ data }) => void (data.type === "appointment.created" && told.add(data.id)) },
  );
  const writers = providerIds.map(async (providerId) => {
    for (let index = 0; !isOver; index++) {
      const startsAt = new Date(midnight + index * 20 * minute).toISOString();
      try {
        const { appointment } = await member.client.appointments.create.mutate({
          providerId,
          startsAt,
          endsAt: new Date(Date.parse(startsAt) + 15 * minute).toISOString(),
          force: true,
        });
        created.add(appointment.id);
        await member.client.appointments.byId.query({ id: appointment.id });
        await member.client.session.me.query();
      } catch (error) {
        refusals.push(error);
      }
    }
  });

  const codes: (number | null)[] = [];
  for (const [index, port] of ports.entries()) {
    await expect.poll(() => created.size, { timeout: 30_000 }).toBeGreaterThan(40 * (index + 1));
    codes.push((await processes[index]?.end("SIGTERM")) ?? null);
    processes[index] = await startAt(port);
    await expect.poll(() => balancer.ready(), { timeout: 20_000 }).toBe(2);
  }
  isOver = true;
  await Promise.all(writers);
  expect(codes).toEqual([0, 0]);
  expect(refusals).toEqual([]);
  expect(balancer.failures).toEqual([]);
  await expect.poll(() => [...created].filter((id) => !told.has(id)), { timeout: 15_000 }).toEqual([]);
  subscription.unsubscribe();
  await closeLive();
}, 180_000);

test("twin: one that closes its port at once fails requests", async () => {
  const [port = 0] = ports;
  await processes[0]?.end("SIGTERM");
  processes[0] = await startAt(port, 0);
  await expect.poll(() => balancer.ready(), { timeout: 20_000 }).toBe(2);
  let isOver = false;
  const readers = Array.from({ length: 4 }, async () => {
    while (!isOver) await member.client.session.me.query().catch(() => null);
  });
  const before = balancer.failures.length;
  await processes[0]?.end("SIGTERM");
  isOver = true;
  await Promise.all(readers);
  expect(balancer.failures.length).toBeGreaterThan(before);
  processes.shift();
}, 120_000);
