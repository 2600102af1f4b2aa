import { randomUUID } from "node:crypto";
import { type Database, openDatabase } from "@creneau/db/database";
import { createTestDatabase, type TestDatabase } from "@creneau/db/testing/test-database";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { JobServices } from "../jobs/define-job.ts";
import { type Mail, MailError } from "../messages/open-mailer.ts";
import { type Agenda, createAgenda } from "./agenda.fixture.ts";
import { notifyAppointment } from "./notify-appointment.ts";

let testDatabase: TestDatabase;
let database: Database;
let agenda: Agenda;
let sent: Mail[];
/** What the mail server answers next; empty means it accepts. */
let refusals: MailError[];

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = openDatabase({ url: testDatabase.url });
});
afterAll(async () => {
  await database.close();
  await testDatabase.drop();
});
beforeEach(async () => {
  agenda = await createAgenda(testDatabase.adminUrl, { email: "lea@example.test" });
  sent = [];
  refusals = [];
});
afterEach(() => agenda.close());

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

function services(): JobServices {
  return {
    database,
    now: () => Date.now(),
    log: silent,
    appUrl: "https://creneau.example/",
    linkSecret: "a secret that only tests know",
    mailer: {
      address: "no-reply@creneau.example",
      async send(mail) {
        const refusal = refusals.shift();
        if (refusal) throw refusal;
        sent.push(mail);
      },
      close: () => undefined,
    },
  };
}

async function tell(change: string, version: number): Promise<void> {
  const { organizationId } = agenda.scope;
  await notifyAppointment(
    { organizationId, appointmentId: agenda.appointmentId, change, version },
    services(),
  );
}

/** Changes the appointment as a use case would: one version up. */
async function change(columns: string): Promise<void> {
  await agenda.run(`UPDATE appointment SET ${columns}, version = version + 1 WHERE id = $1`, [
    agenda.appointmentId,
  ]);
}
const shift = (hours: number) =>
  ["starts_at", "ends_at", "busy_from", "busy_to"]
    .map((column) => `${column} = ${column} + interval '${hours} hours'`)
    .join(", ");
const cancel = "status = 'cancelled', cancelled_at = now(), cancel_reason = 'SECRET reason'";

/** The trace of an undo that was used on the change that made `version`. */
async function recordUndo(version: number): Promise<void> {
  await agenda.run(
    `INSERT INTO undo (organization_id, id, appointment_id, token_hash, user_id, action, before, version_after, expires_at, used_at)
     VALUES ($1, $2, $3, $4, $2, 'move', '{}', $5, now(), now())`,
    [agenda.scope.organizationId, randomUUID(), agenda.appointmentId, randomUUID(), version],
  );
}

const subjects = () => sent.map(({ subject }) => subject.split("\u00a0: ")[0]);
const rows = () =>
  agenda.run<{ recipient: string; attempts: number; sent: boolean; last_error: string | null }>(
    `SELECT recipient, attempts, sent_at IS NOT NULL AS sent, last_error FROM notification
     WHERE appointment_id = $1 ORDER BY created_at, id`,
    [agenda.appointmentId],
  );

test("a client is told once of an appointment, in their language and zone, and nothing internal", async () => {
  await tell("created", 1);
  await tell("created", 1);
  expect(sent).toHaveLength(1);
  const [mail] = sent;
  expect(mail?.to).toBe("lea@example.test");
  expect(mail?.subject).toBe(
    "Rendez-vous confirmé\u00a0: lundi 23 novembre 2099, 14:30 – 15:00 (heure normale d’Europe centrale, Europe/Paris)",
  );
  expect(mail?.text).toContain("Dr Dubois");
  expect(mail?.html).toContain("3 rue &#60;Haute&#62;");
  expect(`${mail?.subject}${mail?.text}${mail?.html}`).not.toMatch(/SECRET|Difficult/);
  expect(await rows()).toEqual([
    { recipient: "lea@example.test", attempts: 1, sent: true, last_error: null },
  ]);
});

test.each([
  ["in_person", "14:30 – 15:00", "Europe/Paris", "20991123T143000"],
  ["video", "19:15 – 19:45", "Asia/Kathmandu", "20991123T191500"],
  ["phone", "19:15 – 19:45", "Asia/Kathmandu", "20991123T191500"],
])(
  "whoever comes by %s from elsewhere is told by the clock they will go by",
  async (kind, hours, name, start) => {
    await agenda.close();
    agenda = await createAgenda(testDatabase.adminUrl, {
      email: "asha@example.test",
      locale: "en",
      timezone: "Asia/Kathmandu",
    });
    await agenda.run("UPDATE appointment SET location_kind = $2::location_kind WHERE organization_id = $1", [
      agenda.scope.organizationId,
      kind,
    ]);
    await tell("created", 1);
    const [mail] = sent;
    expect(mail?.subject).toMatch(
      new RegExp(`^Appointment confirmed: Monday,? 23 November 2099, ${hours} \\(.*${name}\\)$`),
    );
    for (const told of [mail?.text, mail?.html]) {
      expect(told).toContain(hours);
      for (const other of ["14:30", "19:15"]) if (!hours.startsWith(other)) expect(told).not.toContain(other);
    }
    expect(mail?.calendar?.text).toContain(`DTSTART;TZID=${name}:${start}`);
    expect(mail?.calendar?.text.match(/^TZID:.*$/gm)).toEqual([`TZID:${name}`]);
  },
);

test("a client without an e-mail address is told nothing", async () => {
  await agenda.run("UPDATE client SET email = NULL WHERE organization_id = $1", [
    agenda.scope.organizationId,
  ]);
  await tell("created", 1);
  expect(sent).toEqual([]);
  expect(await rows()).toEqual([]);
});

test("a move that was undone is never announced", async () => {
  await tell("created", 1);
  await change(shift(2));
  await change(shift(-2));
  await recordUndo(2);
  await tell("moved", 2);
  expect(subjects()).toEqual(["Rendez-vous confirmé"]);
});

test("a move that was not undone is announced (the twin)", async () => {
  await tell("created", 1);
  await change(shift(2));
  await tell("moved", 2);
  expect(subjects()).toEqual(["Rendez-vous confirmé", "Rendez-vous déplacé"]);
  expect(sent[1]?.subject).toContain("16:30 – 17:00");
});

test("an undone move is not announced to somebody who was never told anything, a kept one is", async () => {
  await change(shift(2));
  await change(shift(-2));
  await recordUndo(2);
  await tell("moved", 2);
  expect(sent).toEqual([]);
  await change(shift(3));
  await tell("moved", 4);
  expect(subjects()).toEqual(["Rendez-vous déplacé"]);
});

test("of several moves the last alone is told, whichever notice runs first", async () => {
  await tell("created", 1);
  await change(shift(1));
  await change(shift(1));
  await tell("moved", 3);
  await tell("moved", 2);
  expect(sent).toHaveLength(2);
  expect(sent[1]?.subject).toContain("16:30");
});

test("a cancellation is told, without its reason", async () => {
  await tell("created", 1);
  await change(cancel);
  await tell("cancelled", 2);
  expect(subjects()).toEqual(["Rendez-vous confirmé", "Rendez-vous annulé"]);
  expect(sent[1]?.text).not.toContain("SECRET");
});

test("what was created and cancelled before its first notice is not announced as booked", async () => {
  await change(cancel);
  await tell("created", 1);
  expect(sent).toEqual([]);
});

test("a request is told as such, its approval as a confirmation", async () => {
  await agenda.run("UPDATE appointment SET status = 'pending' WHERE id = $1", [agenda.appointmentId]);
  await tell("created", 1);
  await change("status = 'confirmed'");
  await tell("confirmed", 2);
  expect(subjects()).toEqual(["Demande de rendez-vous reçue", "Rendez-vous confirmé"]);
});

test("a change that its reader cannot see is not told", async () => {
  await tell("created", 1);
  await change("title = 'Another', description = 'SECRET again'");
  await tell("updated", 2);
  expect(sent).toHaveLength(1);
});

test("what has begun or ended is not told", async () => {
  await change("status = 'in_progress'");
  await tell("updated", 2);
  await change(`status = 'confirmed', ${shift(-24 * 365 * 80)}`);
  await tell("moved", 3);
  expect(sent).toEqual([]);
});

test("people invited are told too, in the site's zone, those who declined are not; one address gets one mail", async () => {
  const invite = (name: string, email: string | null, status: string) =>
    agenda.run(
      "INSERT INTO attendee (organization_id, id, appointment_id, name, email, status, updated_at) VALUES ($1, $2, $3, $4, $5, $6::attendee_status, now())",
      [agenda.scope.organizationId, randomUUID(), agenda.appointmentId, name, email, status],
    );
  await invite("Paul", "paul@example.test", "needs_action");
  await invite("Nora", "nora@example.test", "declined");
  await invite("Lea again", "Lea@example.test", "accepted");
  await invite("No address", null, "accepted");
  await tell("created", 1);
  expect(sent.map(({ to }) => to).sort()).toEqual(["lea@example.test", "paul@example.test"]);
});

test("a notice that failed is sent by the next try, once, under one Message-ID", async () => {
  refusals = [new MailError("ECONNECTION", { isPermanent: false })];
  await expect(tell("created", 1)).rejects.toBeInstanceOf(MailError);
  expect(await rows()).toEqual([
    { recipient: "lea@example.test", attempts: 1, sent: false, last_error: "ECONNECTION" },
  ]);
  await tell("created", 1);
  await tell("created", 1);
  expect(sent).toHaveLength(1);
  expect(await rows()).toEqual([
    { recipient: "lea@example.test", attempts: 2, sent: true, last_error: null },
  ]);
  const [row] = await agenda.run<{ id: string }>("SELECT id FROM notification WHERE appointment_id = $1", [
    agenda.appointmentId,
  ]);
  expect(sent[0]?.messageId).toBe(`<${row?.id}@message.creneau>`);
});

test("an address that is refused for good is recorded and not tried again", async () => {
  refusals = [new MailError("EENVELOPE 550 RCPT TO", { isPermanent: true })];
  await tell("created", 1);
  expect(await rows()).toEqual([
    { recipient: "lea@example.test", attempts: 1, sent: false, last_error: "EENVELOPE 550 RCPT TO" },
  ]);
});

test("two workers with the same notice send one mail; a claim whose worker died is taken over", async () => {
  const [first, second] = await Promise.allSettled([tell("created", 1), tell("created", 1)]);
  expect([first?.status, second?.status]).toContain("fulfilled");
  expect(sent).toHaveLength(1);

  await change(shift(1));
  await agenda.run(
    `INSERT INTO notification (organization_id, id, appointment_id, channel, recipient, template, locale, scheduled_for, dedupe_key, state, attempts, updated_at)
     VALUES ($1, $2, $3, 'email', 'lea@example.test', 'moved', 'fr', now(), $4, 'sending', 1, now())`,
    [
      agenda.scope.organizationId,
      randomUUID(),
      agenda.appointmentId,
      `appointment:${agenda.appointmentId}:2:email:lea@example.test`,
    ],
  );
  await expect(tell("moved", 2)).rejects.toThrow("Another worker");
  expect(sent).toHaveLength(1);
  await agenda.run("UPDATE notification SET updated_at = now() - interval '2 minutes' WHERE sent_at IS NULL");
  await tell("moved", 2);
  expect(sent).toHaveLength(2);
});

test("a job of another organization reads nothing", async () => {
  const organizationId = randomUUID();
  await notifyAppointment(
    { organizationId, appointmentId: agenda.appointmentId, change: "created", version: 1 },
    services(),
  );
  expect(sent).toEqual([]);
});
