import { inTenant, inTenantSql } from "@creneau/db/in-tenant";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPractice, dateIn, linkSecret, noonIn, startBooking } from "../booking/booking.fixture.ts";
import { portalTokenOf } from "../booking/link-tokens.ts";
import { readCalendar } from "../calendar-files/read-calendar.ts";
import { newToken } from "../identity/token.ts";
import type { Mail } from "../messages/open-mailer.ts";
import { notifyAppointment } from "../notifications/notify-appointment.ts";
import { appRouter } from "../root.ts";
import { createCallerFactory } from "../trpc.ts";

const createCaller = createCallerFactory(appRouter);
const secret = "ZEBRA-INTERNAL";
const client = { name: "Léa Petit", email: "lea@example.test", phone: "0612345678", locale: "fr" as const };

type Call = (input?: unknown) => Promise<unknown>;

let world: Awaited<ReturnType<typeof startBooking>>;
let practice: Awaited<ReturnType<typeof createPractice>>;
let own: { appointmentId: string; manageToken: string };
let portalToken: string;

const visitor = () =>
  createCaller({ ...world.services, session: null, requestId: "leak", address: "192.0.2.1" });

/** A procedure of the router by its path. */
function call(path: string): Call {
  let target: unknown = visitor();
  for (const name of path.split(".")) target = (target as Record<string, unknown>)[name];
  return target as Call;
}

/** Every procedure that a visitor gets past the door of: asked without a session, it does not say "sign in first". */
async function openProcedures(): Promise<string[]> {
  const open: string[] = [];
  for (const path of Object.keys(appRouter._def.procedures)) {
    const refusedWith = await call(path)().then(
      () => null,
      (error: { code?: string }) => error.code,
    );
    if (refusedWith !== "UNAUTHORIZED") open.push(path);
  }
  return open;
}

/** Everything an answer says, refusals and the first words of a subscription included. */
async function said(answer: Promise<unknown>): Promise<string> {
  try {
    const value = await answer;
    if (typeof value === "object" && value !== null && Symbol.asyncIterator in value) {
      const words = (value as AsyncIterable<unknown>)[Symbol.asyncIterator]();
      const { value: first } = await words.next();
      await words.return?.();
      return JSON.stringify(first);
    }
    return JSON.stringify(value) ?? "";
  } catch (error) {
    const { message, cause } = error as { message: string; cause?: { details?: unknown } };
    return JSON.stringify([message, cause?.details]);
  }
}

/** How a visitor asks each procedure about the appointment with the notes, or about the place it stands in. */
function visits(): Record<string, () => Promise<unknown>> {
  const { username, serviceSlug, organization } = practice;
  const target = { username, serviceSlug };
  const range = { from: dateIn(2), to: dateIn(8) };
  const { appointmentId, manageToken } = own;
  const free = async (startsAt: string) => {
    const hold = (await call("booking.hold")({ ...target, startsAt })) as { holdToken: string };
    return hold.holdToken;
  };
  const inputs: Record<string, unknown> = {
    "session.me": undefined,
    "session.config": undefined,
    "booking.page": { username },
    "booking.slots": { ...target, ...range },
    "booking.firstAvailable": target,
    "booking.onSlots": { ...target, ...range },
    "booking.search": { organizationSlug: organization.slug, serviceSlug, postalCode: "75001" },
    "booking.hold": { ...target, startsAt: noonIn(3) },
    "booking.book": { ...target, startsAt: noonIn(5), client: { name: "Other", phone: "0600000009" } },
    "booking.manage": { manageToken },
    "booking.moveSlots": { manageToken, ...range },
    "booking.portal": { portalToken },
    "booking.tellGuests": { portalToken, appointmentId },
    "booking.addNote": { portalToken, appointmentId, body: "Merci" },
    "booking.reschedule": { manageToken, startsAt: noonIn(4) },
    "booking.cancel": { manageToken, reason: "Empêchée" },
    "members.invitation": { token: manageToken },
    "members.acceptInvitation": { token: manageToken, name: "Léa", password: "a long pass phrase" },
  };
  const wish = (email: string) => ({
    ...target,
    fromDate: dateIn(2),
    toDate: dateIn(8),
    client: { ...client, email },
  });
  /** Asks about the entry of somebody who just began to wait. */
  const waiting = (path: string) => async () => {
    const joined = await call("waitlist.join")(wish(`${path}@example.test`));
    return call(path)({ waitlistToken: (joined as { waitlistToken: string }).waitlistToken });
  };
  const calls = Object.entries(inputs).map(([path, input]) => [path, () => call(path)(input)] as const);
  return {
    "booking.extendHold": async () => call("booking.extendHold")({ holdToken: await free(noonIn(6)) }),
    "booking.releaseHold": async () => call("booking.releaseHold")({ holdToken: await free(noonIn(6, 90)) }),
    "booking.confirm": async () =>
      call("booking.confirm")({ holdToken: await free(noonIn(7)), client: { ...client, name: "Léa P." } }),
    "waitlist.join": async () => call("waitlist.join")(wish("lea@example.test")),
    ...Object.fromEntries(
      ["entry", "accept", "decline", "leave"].map((name) => [
        `waitlist.${name}`,
        waiting(`waitlist.${name}`),
      ]),
    ),
    ...Object.fromEntries(calls),
  };
}

/** Mails of every kind about the appointment, as they leave. */
async function mailsOf(changes: readonly string[]): Promise<Mail[]> {
  const sent: Mail[] = [];
  const mailer = {
    address: "no-reply@creneau.example",
    async send(mail: Mail) {
      sent.push(mail);
    },
    close: () => undefined,
  };
  const { database, now, log } = world.services;
  for (const change of changes) {
    const [row] = await world.run<{ version: number }>("SELECT version FROM appointment WHERE id = $1", [
      own.appointmentId,
    ]);
    await notifyAppointment(
      {
        organizationId: practice.organization.id,
        appointmentId: own.appointmentId,
        change,
        version: row?.version ?? 0,
      },
      { database, now, log, linkSecret, mailer, appUrl: "https://creneau.example" },
    );
    await world.run("UPDATE appointment SET location_detail = $2, version = version + 1 WHERE id = $1", [
      own.appointmentId,
      `Étage ${sent.length}`,
    ]);
  }
  return sent;
}

beforeAll(async () => {
  world = await startBooking();
  practice = await createPractice(world.database);
  own = await world.visit().book({
    ...practice,
    startsAt: noonIn(3),
    client,
    attendees: [{ name: "Ami", email: "ami@example.test" }],
  });
  const [row] = await world.run<{ client_id: string }>("SELECT client_id FROM appointment WHERE id = $1", [
    own.appointmentId,
  ]);
  portalToken = portalTokenOf(linkSecret, row?.client_id ?? "");
  await inTenant(world.database, practice.organization.scope, async ({ db }) => {
    const note = {
      organizationId: practice.organization.id,
      appointmentId: own.appointmentId,
      authorUserId: practice.provider.userId,
    };
    await db.note.create({ data: { ...note, kind: "internal", body: `${secret} note` } });
    await db.note.create({ data: { ...note, kind: "system", body: `${secret} system`, authorUserId: null } });
    await db.note.create({ data: { ...note, kind: "shared", body: "Pour vous", sharedAt: new Date() } });
  });
});
afterAll(() => world.close());

describe("an internal note", () => {
  it("is looked for in every procedure that needs no session", async () => {
    expect(Object.keys(visits()).toSorted()).toEqual((await openProcedures()).toSorted());
  });

  it("is in no calendar file and no mail", async () => {
    const { token, hash } = newToken();
    await world.run("UPDATE provider SET feed_token_hash = $2 WHERE id = $1", [practice.provider.id, hash]);
    const files = [
      await readCalendar(world.services, own.manageToken),
      await readCalendar(world.services, token),
    ];
    for (const file of files) expect(file?.text).toContain("BEGIN:VEVENT");
    // The guest of an anonymous booking hears of it once its client has said so.
    await call("booking.tellGuests")({ portalToken, appointmentId: own.appointmentId });
    const mails = await mailsOf(["created", "moved", "updated"]);
    expect(mails.length).toBeGreaterThanOrEqual(4);
    expect(JSON.stringify([files, mails])).not.toContain(secret);
  });

  it("is in no answer to a visitor", async () => {
    const answers: Record<string, string> = {};
    for (const [path, ask] of Object.entries(visits())) answers[path] = await said(ask());
    expect(answers["booking.portal"]).toContain("Pour vous");
    expect(answers["booking.onSlots"]).toContain("days");
    expect(answers["waitlist.entry"]).toContain('"state":"waiting"');
    const leaks = Object.keys(answers).filter((path) => answers[path]?.includes(secret));
    expect(leaks).toEqual([]);
    const last = await mailsOf(["cancelled"]);
    expect(last).not.toHaveLength(0);
    expect(JSON.stringify(last)).not.toContain(secret);
  });

  it("would be found if it leaked", async () => {
    const { scope } = practice.organization;
    const staff = await inTenantSql(world.database, scope, (tx) =>
      tx.query("SELECT body FROM note WHERE appointment_id = $1", [own.appointmentId]),
    );
    expect(JSON.stringify(staff)).toContain(secret);
    await world.run("UPDATE note SET kind = 'shared', shared_at = now() WHERE kind = 'internal'");
    expect(await said(visits()["booking.portal"]?.() ?? Promise.resolve())).toContain(secret);
  });
});
