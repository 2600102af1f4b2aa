import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { type Database, openDatabase } from "@creneau/db/database";
import { startEventConsumers } from "@creneau/db/events/event-consumers";
import { startJobRunner } from "@creneau/db/jobs/job-runner";
import { createTestDatabase, type TestDatabase } from "@creneau/db/testing/test-database";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { appointmentsRouter } from "../appointments/router.ts";
import { silentLog, testContext, testSession } from "../context.fixture.ts";
import type { Mail } from "../messages/open-mailer.ts";
import { jobs, reactions } from "../reactions.ts";
import { createCallerFactory } from "../trpc.ts";
import { type Agenda, createAgenda } from "./agenda.fixture.ts";

let testDatabase: TestDatabase;
let database: Database;
let runner: { close(): Promise<void> };
let consumers: { close(): Promise<void> };
const sent: Mail[] = [];

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = openDatabase({ url: testDatabase.url });
  const mailer = {
    address: "no-reply@example.test",
    send: async (mail: Mail) => void sent.push(mail),
    close: () => undefined,
  };
  const links = { appUrl: "http://localhost:3000", linkSecret: "a secret that only tests know" };
  const events = { onFailure: () => undefined, onError: () => undefined };
  consumers = await startEventConsumers({ database, consumers: reactions, events });
  const services = { database, now: Date.now, log: silentLog, mailer, ...links };
  runner = await startJobRunner({
    databaseUrl: testDatabase.url,
    queues: jobs.map((job) => job(services)),
    events,
  });
});
afterAll(async () => {
  await consumers.close();
  await runner.close();
  await database.close();
  await testDatabase.drop();
});

// Only who made a change may take it back.
const userId = randomUUID();

function ownerOf({ scope: { organizationId } }: Agenda) {
  const session = testSession({ organizationId, role: "owner" }, { id: userId });
  return createCallerFactory(appointmentsRouter)(testContext(database, { session }));
}

/** An appointment of a client with this address; its undo window is two seconds. */
async function prepare(email: string): Promise<Agenda> {
  const agenda = await createAgenda(testDatabase.adminUrl, { email });
  await agenda.run("UPDATE organization SET undo_seconds = 2 WHERE id = $1", [agenda.scope.organizationId]);
  await agenda.run(
    "INSERT INTO provider_site (organization_id, provider_id, site_id) SELECT organization_id, provider_id, site_id FROM appointment WHERE id = $1",
    [agenda.appointmentId],
  );
  return agenda;
}

const subjectsFor = (email: string) =>
  sent.filter(({ to }) => to === email).map(({ subject }) => subject.split("\u00a0: ")[0]);
const later = "2099-11-24T09:00:00.000Z";

test("a move that is undone in its window tells nobody, one that is kept tells the client once", async () => {
  const [undone, kept] = await Promise.all([prepare("undone@example.test"), prepare("kept@example.test")]);
  const change = async (agenda: Agenda) =>
    ownerOf(agenda).move({ id: agenda.appointmentId, version: 1, startsAt: later, force: true });
  const [move] = await Promise.all([change(undone), change(kept)]);
  // Once its notice waits: it is taken out of the queue again, and not only found to have nothing to say.
  const waiting = async ({ appointmentId }: Agenda) => {
    const { rows } = await database.pool.query<{ change: string }>(
      "SELECT data ->> 'change' AS change FROM pgboss.job WHERE data ->> 'appointmentId' = $1 AND state = 'created' AND start_after > now()",
      [appointmentId],
    );
    return rows.map(({ change }) => change);
  };
  await vi.waitFor(async () => expect(await waiting(undone)).toEqual(["moved"]), {
    timeout: 2_000,
    interval: 20,
  });
  await ownerOf(undone).undo({ token: move.undo?.token ?? "" });
  expect(sent).toEqual([]);
  await vi.waitFor(async () => expect(await waiting(undone)).toEqual([]), { timeout: 5_000, interval: 20 });
  expect(await waiting(kept)).toEqual(["moved"]);
  await vi.waitFor(() => expect(subjectsFor("kept@example.test")).toEqual(["Rendez-vous déplacé"]), {
    timeout: 10_000,
    interval: 100,
  });
  await wait(1500);
  expect(subjectsFor("kept@example.test")).toHaveLength(1);
  expect(subjectsFor("undone@example.test")).toEqual([]);
  await Promise.all([undone.close(), kept.close()]);
});

test("a cancellation is told once its window has passed, not before", async () => {
  const agenda = await prepare("cancelled@example.test");
  await ownerOf(agenda).cancel({ id: agenda.appointmentId, version: 1 });
  await wait(1000);
  expect(subjectsFor("cancelled@example.test")).toEqual([]);
  await vi.waitFor(() => expect(subjectsFor("cancelled@example.test")).toEqual(["Rendez-vous annulé"]), {
    timeout: 10_000,
    interval: 100,
  });
  await agenda.close();
});
