import { setTimeout as sleep } from "node:timers/promises";
import { createProvider, createSite, type TestOrganization } from "@creneau/db/testing/factories";
import { createTestDatabase, type TestDatabase } from "@creneau/db/testing/test-database";
import { Client as PgClient } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Client, signInAt } from "../attack/browser.ts";
import { type ServerProcess, startServerProcess } from "./server-process.ts";
import { type Member, startTestServer, type TestServer, testPassword } from "./test-server.ts";

let test: TestDatabase;
let server: TestServer;
let second: ServerProcess;
let organization: TestOrganization;
let staff: Member;
let providerId: string;

beforeAll(async () => {
  test = await createTestDatabase();
  server = await startTestServer({ database: test });
  // The other one is a process of its own, as `npm start --roles=socket` runs it, on the same database.
  second = await startServerProcess({
    DATABASE_URL: test.url,
    DATABASE_ADMIN_URL: test.adminUrl,
    DEMO: "0",
    AUTH_SECRET: server.env.AUTH_SECRET,
    ENCRYPTION_KEYS: `test:${Buffer.alloc(32, 7).toString("base64")}`,
  });
  organization = await server.createOrganization();
  staff = await server.signInMember(organization, { role: "manager" });
  const site = await createSite(server.database, organization);
  providerId = (await createProvider(server.database, organization, { siteId: site.id })).id;
}, 90_000);

afterAll(async () => {
  await second?.end("SIGTERM");
  await server?.close();
  await test?.drop();
});

const hour = (count: number) =>
  new Date(Math.ceil(Date.now() / 3_600_000) * 3_600_000 + (24 + count) * 3_600_000).toISOString();

interface Heard {
  id: string;
  type: string;
  at: number;
}

/** Listens until told to stop; `ready` resolves when the server has said `connected`. */
function listen(client: Client, lastEventId?: string) {
  const heard: Heard[] = [];
  const ready = Promise.withResolvers<void>();
  let last = lastEventId;
  const subscription = client.appointments.onChange.subscribe(
    { lastEventId: lastEventId ?? null },
    {
      onData: (item) => {
        last = item.id;
        if (item.data.type === "connected" || item.data.type === "reload") ready.resolve();
        else heard.push({ id: `${item.data.id}@${item.data.version}`, type: item.data.type, at: Date.now() });
      },
      onError: ready.reject,
    },
  );
  return { heard, ready: ready.promise, last: () => last, stop: () => subscription.unsubscribe() };
}

async function until(condition: () => boolean, what: string): Promise<void> {
  const limit = Date.now() + 15_000;
  while (!condition()) {
    if (Date.now() > limit) throw new Error(`Waited too long for ${what}`);
    await sleep(5);
  }
}

async function cutConnections(applicationName: string): Promise<number> {
  const admin = new PgClient({ connectionString: test.adminUrl });
  await admin.connect();
  const { rowCount } = await admin.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name LIKE $1`,
    [applicationName],
  );
  await admin.end();
  return rowCount ?? 0;
}

describe("two server processes on one database", () => {
  it("a change written through one is seen on the other's socket", async () => {
    const there = await signInAt(second.url, staff.email, testPassword);
    const socket = there.wsClient();
    const listener = listen(socket.client);
    await listener.ready;
    for (let index = 0; index < 10; index++) {
      const { appointment } = await staff.client.appointments.create.mutate({
        providerId,
        startsAt: hour(index),
        endsAt: hour(index + 1),
      });
      await until(() => listener.heard.some(({ id }) => id === `${appointment.id}@1`), "the event");
    }
    listener.stop();
    await socket.close();
  });

  it("keeps going when every database connection is cut: nothing missed, nothing twice", {
    timeout: 60_000,
  }, async () => {
    const there = await signInAt(second.url, staff.email, testPassword);
    const socket = there.wsClient();
    const listener = listen(socket.client);
    await listener.ready;
    const written: string[] = [];
    for (let index = 0; index < 30; index++) {
      if (index === 8 || index === 18) expect(await cutConnections("creneau%")).toBeGreaterThan(0);
      const request = {
        providerId,
        startsAt: hour(100 + index),
        endsAt: hour(101 + index),
        idempotencyKey: `cut-connections-${index}`,
      };
      // A request whose connection is cut fails; the idempotency key makes the retry harmless.
      const create = () => staff.client.appointments.create.mutate(request);
      const { appointment } = await create().catch(create).catch(create);
      written.push(`${appointment.id}@1`);
    }
    await until(() => written.every((id) => listener.heard.some((one) => one.id === id)), "all events");
    await sleep(500);
    expect(listener.heard.map(({ id }) => id).sort()).toEqual([...written].sort());
    listener.stop();
    await socket.close();
  });

  it("resumes from the last event on the other process, after changes made while nobody listened", async () => {
    const here = listen(staff.wsClient().client);
    await here.ready;
    const make = async (index: number) =>
      (
        await staff.client.appointments.create.mutate({
          providerId,
          startsAt: hour(200 + index),
          endsAt: hour(201 + index),
        })
      ).appointment.id;
    const first = await make(0);
    await until(() => here.heard.length === 1, "the first event");
    const lastEventId = here.last();
    here.stop();
    const missed = [await make(1), await make(2), await make(3)];
    const there = await signInAt(second.url, staff.email, testPassword);
    const socket = there.wsClient();
    const resumed = listen(socket.client, lastEventId);
    await until(() => resumed.heard.length >= 3, "the missed events");
    const live = await make(4);
    await until(() => resumed.heard.length >= 4, "the live event");
    await sleep(300);
    expect(resumed.heard.map(({ id }) => id)).toEqual([...missed, live].map((id) => `${id}@1`));
    expect(resumed.heard.map(({ id }) => id)).not.toContain(`${first}@1`);
    resumed.stop();
    await socket.close();
  });

  it("says reload to a cursor that the log no longer reaches, and names the author of a change", async () => {
    const socket = staff.wsClient();
    const reloaded = listen(socket.client, "999999999-1");
    await reloaded.ready;
    const authors: (string | null | undefined)[] = [];
    socket.client.appointments.onChange.subscribe(
      {},
      { onData: ({ data }) => data.type.startsWith("appointment.") && authors.push(data.by?.userId) },
    );
    await sleep(150);
    await staff.client.appointments.create.mutate({ providerId, startsAt: hour(300), endsAt: hour(301) });
    await until(() => authors.length === 1, "the event");
    expect(authors).toEqual([staff.userId]);
    reloaded.stop();
    await socket.close();
  });
});
