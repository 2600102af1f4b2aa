import { type Database, openDatabase } from "@creneau/db/database";
import { runAsOwner } from "@creneau/db/testing/copy-database";
import { createTestDatabase, type TestDatabase } from "@creneau/db/testing/test-database";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { type Agenda, createAgenda } from "../notifications/agenda.fixture.ts";
import { deliverMessage, deliverMessageNow, deliverWaitingMessage, type Render } from "./deliver-message.ts";
import { type Mail, MailError } from "./open-mailer.ts";

let testDatabase: TestDatabase;
let database: Database;
let agenda: Agenda;
let neighbour: Agenda;
let sent: Mail[];
/** What happens at the mail server next, before it accepts. */
let incidents: (() => Promise<void> | void)[];

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = openDatabase({ url: testDatabase.url });
});
afterAll(async () => {
  await database.close();
  await testDatabase.drop();
});
beforeEach(async () => {
  [agenda, neighbour] = await Promise.all([
    createAgenda(testDatabase.adminUrl, { email: "lea@example.test" }),
    createAgenda(testDatabase.adminUrl, { email: "tom@example.test" }),
  ]);
  sent = [];
  incidents = [];
});
afterEach(() => Promise.all([agenda.close(), neighbour.close()]));

const parts = () => ({
  database,
  log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  mailer: {
    async send(mail: Mail) {
      await incidents.shift()?.();
      sent.push(mail);
    },
  },
});
const recipient = { channel: "email", address: "lea@example.test", locale: "fr", timezone: null } as const;
const message = { key: "a message", template: "booked", recipient };
const content = { subject: "Bonjour", text: "Bonjour", html: "<p>Bonjour</p>" };
const deliver = (render: Render = () => content, { scope } = agenda) =>
  deliverMessage({ scope, message, render }, parts());
const rows = ({ scope, run } = agenda) =>
  run<{ id: string; state: string; attempts: number; last_error: string | null }>(
    "SELECT id, state, attempts, last_error FROM notification WHERE organization_id = $1 ORDER BY id",
    [scope.organizationId],
  );

test("a message is sent once, and its row says so; the same key elsewhere is another message", async () => {
  expect(await deliver()).toBe("sent");
  expect(await deliver()).toBe("sent");
  expect(sent).toHaveLength(1);
  expect(await rows()).toMatchObject([{ state: "sent", attempts: 1, last_error: null }]);
  expect(await deliver(() => content, neighbour)).toBe("sent");
  expect(sent).toHaveLength(2);
});

test("what failed is tried again under the same reference, and its row says in between why", async () => {
  const refuse = (isPermanent: boolean) => () => {
    throw new MailError("ECONNECTION", { isPermanent });
  };
  incidents = [refuse(false)];
  await expect(deliver()).rejects.toThrow(MailError);
  const [failed] = await rows();
  expect(failed).toMatchObject({ state: "failed", last_error: "ECONNECTION" });
  await deliver();
  expect(sent[0]?.messageId).toBe(`<${failed?.id}@message.creneau>`);
  expect(await rows()).toMatchObject([{ state: "sent", attempts: 2, last_error: null }]);
  // The twin: what no later try can mend is not thrown.
  incidents = [refuse(true)];
  expect(await deliver(() => content, neighbour)).toBe("refused");
  expect(await rows(neighbour)).toMatchObject([{ state: "failed", last_error: "ECONNECTION" }]);
});

test("what no longer holds when its turn comes is dropped, with the reason", async () => {
  expect(await deliver(() => ({ dropped: "cancelled meanwhile" }))).toBe("dropped");
  expect(sent).toEqual([]);
  expect(await rows()).toMatchObject([{ state: "dropped", last_error: "cancelled meanwhile" }]);
});

test("two workers with one message send it once", async () => {
  let release: () => void = () => undefined;
  incidents = [() => new Promise<void>((resolve) => (release = resolve))];
  const first = deliver();
  await expect.poll(async () => (await rows())[0]?.state).toBe("sending");
  await expect(deliver()).rejects.toThrow("Another worker");
  release();
  expect(await first).toBe("sent");
  expect(sent).toHaveLength(1);
});

/** From outside: a database cannot refuse the connection that says so. */
function allowConnections(allowed: boolean): Promise<void> {
  const elsewhere = new URL(testDatabase.adminUrl);
  elsewhere.pathname = "/postgres";
  return runAsOwner(elsewhere.href, `ALTER DATABASE ${testDatabase.name} WITH ALLOW_CONNECTIONS ${allowed}`);
}

test("a database that is away when the outcome is written is waited for: what was sent is known as sent", async () => {
  incidents = [
    async () => {
      // This test's own database alone: others run beside it on the same server.
      await allowConnections(false);
      await agenda.run(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'creneau%'",
      );
    },
  ];
  const delivery = deliver();
  await expect.poll(() => sent.length).toBe(1);
  await allowConnections(true);
  expect(await delivery).toBe("sent");
  expect(await rows()).toMatchObject([{ state: "sent" }]);
});

test("a message that nobody will say more of does not stay on its way, and can be sent again", async () => {
  await deliver();
  const makeLost = (minutes: number) =>
    agenda.run(
      `UPDATE notification SET state = 'sending', sent_at = NULL, updated_at = now() - $2 * interval '1 minute'
       WHERE organization_id = $1`,
      [agenda.scope.organizationId, minutes],
    );
  const settle = () => database.pool.query("SELECT settle_lost_messages(interval '5 minutes') AS count");
  await makeLost(4);
  await settle();
  expect(await rows()).toMatchObject([{ state: "sending" }]);
  await makeLost(6);
  await settle();
  const [lost] = await rows();
  expect(lost).toMatchObject({ state: "failed", last_error: "interrupted" });
  expect(
    await deliverWaitingMessage({ scope: agenda.scope, id: lost?.id ?? "", render: () => content }, parts()),
  ).toBe("sent");
  expect(sent).toHaveLength(2);
  expect(sent[1]?.messageId).toBe(sent[0]?.messageId);
});

test("a message sent now leaves its row too, but for an account that belongs nowhere", async () => {
  expect(await deliverMessageNow({ scope: agenda.scope, message, content }, parts())).toBe(true);
  expect(await rows()).toMatchObject([{ state: "sent" }]);
  expect(await deliverMessageNow({ scope: null, message, content }, parts())).toBe(true);
  expect(sent).toHaveLength(2);
});

test("a message sent now is tried again, and given up for a refusal that is final", async () => {
  incidents = [
    () => {
      throw new MailError("ECONNECTION", { isPermanent: false });
    },
  ];
  expect(await deliverMessageNow({ scope: agenda.scope, message, content }, parts())).toBe(true);
  const said: object[] = [];
  incidents = [
    () => {
      throw new MailError("EENVELOPE 550", { isPermanent: true });
    },
  ];
  const log = { ...parts().log, warn: (fields: object) => void said.push(fields) };
  const other = { ...message, key: "another" };
  expect(await deliverMessageNow({ scope: agenda.scope, message: other, content }, { ...parts(), log })).toBe(
    false,
  );
  expect(said).toHaveLength(1);
  expect(JSON.stringify(said)).not.toMatch(/lea@|Bonjour/);
});
