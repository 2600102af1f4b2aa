import { DAY_MS } from "@creneau/domain/time/instant";
import ical from "node-ical";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createPractice, noonIn, startBooking } from "../booking/booking.fixture.ts";
import type { Mail } from "../messages/open-mailer.ts";
import { notifyAppointment } from "./notify-appointment.ts";

let booking: Awaited<ReturnType<typeof startBooking>>;
const sent: Mail[] = [];

beforeAll(async () => {
  booking = await startBooking();
});
afterAll(() => booking.close());

type Practice = Awaited<ReturnType<typeof createPractice>>;

/** Runs the notice of a change; answers the mails it sent. */
async function tell(practice: Practice, appointmentId: string, change = "created", version = 1) {
  const before = sent.length;
  await notifyAppointment(
    { organizationId: practice.organization.id, appointmentId, change, version },
    {
      ...booking.services,
      appUrl: "https://creneau.example/",
      mailer: {
        address: "no-reply@creneau.example",
        send: async (mail) => void sent.push(mail),
        close: () => undefined,
      },
    },
  );
  return sent.slice(before);
}

let made = 0;

/** An appointment that staff wrote, with a client, a colleague's note and an invited person; nobody has a link to it. */
async function bookAsStaff(practice: Practice) {
  const { id: organizationId } = practice.organization;
  made += 1;
  const startsAt = new Date(Date.parse(noonIn(10)) + made * DAY_MS);
  const [client] = await booking.run<{ id: string }>(
    `INSERT INTO client (organization_id, id, name, email, updated_at)
     VALUES ($1, uuid_v7(), 'Léa Petit', $2, now()) RETURNING id`,
    [organizationId, `lea${made}@example.test`],
  );
  const [appointment] = await booking.run<{ id: string }>(
    `INSERT INTO appointment (organization_id, id, site_id, provider_id, service_id, client_id, title, description,
       starts_at, ends_at, busy_from, busy_to, status, source, updated_at)
     VALUES ($1, uuid_v7(), $2, $3, $4, $5, 'SECRET title', 'SECRET description',
       $6, $6::timestamptz + interval '30 minutes', $6, $6::timestamptz + interval '30 minutes', 'confirmed', 'operator', now())
     RETURNING id`,
    [organizationId, practice.site.id, practice.provider.id, practice.serviceId, client?.id, startsAt],
  );
  const id = appointment?.id ?? "";
  await booking.run(
    `INSERT INTO note (organization_id, id, appointment_id, kind, author_user_id, body, updated_at)
     VALUES ($1, uuid_v7(), $2, 'internal', $3, 'SECRET note', now())`,
    [organizationId, id, practice.provider.userId],
  );
  await booking.run(
    `INSERT INTO attendee (organization_id, id, appointment_id, name, email, updated_at)
     VALUES ($1, uuid_v7(), $2, 'Paul', 'paul@example.test', now())`,
    [organizationId, id],
  );
  return { id, clientId: client?.id ?? "", email: `lea${made}@example.test`, startsAt };
}

const everythingOf = (mail: Mail | undefined) =>
  `${mail?.subject}${mail?.text}${mail?.html}${mail?.calendar?.text.replaceAll("\r\n ", "")}`;
const tokenIn = (mail: Mail | undefined, page: "manage" | "portal") =>
  new RegExp(`https://creneau\\.example/fr/${page}/([\\w-]+)`).exec(mail?.text ?? "")?.[1] ?? "";
const mailTo = (mails: Mail[], email: string) => mails.find(({ to }) => to === email);

test("the client of a booking made by staff gets links that work, and the same ones each time", async () => {
  const practice = await createPractice(booking.database);
  const { id, email, startsAt } = await bookAsStaff(practice);
  const mail = mailTo(await tell(practice, id), email);
  expect(mail?.text).toContain("Déplacer ou annuler");
  const manageToken = tokenIn(mail, "manage");
  expect(await booking.visit().manage({ manageToken })).toMatchObject({ startsAt: startsAt.toISOString() });
  const portal = await booking.visit().portal({ portalToken: tokenIn(mail, "portal") });
  expect(portal.bookings).toHaveLength(1);
  expect(mail?.html).toContain(`/fr/manage/${manageToken}`);

  await booking.run(
    `UPDATE appointment SET version = 2, starts_at = starts_at + interval '1 hour', ends_at = ends_at + interval '1 hour',
       busy_from = busy_from + interval '1 hour', busy_to = busy_to + interval '1 hour' WHERE id = $1`,
    [id],
  );
  const moved = mailTo(await tell(practice, id, "moved", 2), email);
  expect(tokenIn(moved, "manage")).toBe(manageToken);
});

test("who is invited gets neither link", async () => {
  const practice = await createPractice(booking.database);
  const { id } = await bookAsStaff(practice);
  const mail = mailTo(await tell(practice, id), "paul@example.test");
  expect(everythingOf(mail)).not.toMatch(/\/manage\/|\/portal\//);
  expect(mail?.calendar?.method).toBe("REQUEST");
});

test("the mail of an online booking carries the link the visitor was given", async () => {
  const practice = await createPractice(booking.database);
  const visitor = booking.visit();
  const { username, serviceSlug } = practice;
  const hold = await visitor.hold({ username, serviceSlug, startsAt: noonIn(3) });
  const client = { name: "Noé", email: "noe@example.test" };
  const { appointmentId, manageToken } = await visitor.confirm({ holdToken: hold.holdToken, client });
  const mail = mailTo(await tell(practice, appointmentId), client.email);
  expect(tokenIn(mail, "manage")).toBe(manageToken);
  expect(await visitor.portal({ portalToken: tokenIn(mail, "portal") })).toMatchObject({ client });
});

test("a cancelled booking carries no move link, takes itself out of the calendar, and keeps the portal", async () => {
  const practice = await createPractice(booking.database);
  const { id, email } = await bookAsStaff(practice);
  const [booked] = await tell(practice, id).then((mails) => [mailTo(mails, email)]);
  await booking.run(
    "UPDATE appointment SET status = 'cancelled', cancelled_at = now(), cancel_reason = 'SECRET', version = 2 WHERE id = $1",
    [id],
  );
  const mail = mailTo(await tell(practice, id, "cancelled", 2), email);
  expect(everythingOf(mail)).not.toMatch(/\/manage\/|Déplacer/);
  expect(tokenIn(mail, "portal")).toBe(tokenIn(booked, "portal"));
  expect(mail?.calendar?.method).toBe("CANCEL");
  expect(mail?.calendar?.text).toMatch(/METHOD:CANCEL\r.*SEQUENCE:2\r.*STATUS:CANCELLED\r/s);
});

test("nothing that is for colleagues is in any mail, nor in its calendar file", async () => {
  const practice = await createPractice(booking.database);
  const { id } = await bookAsStaff(practice);
  const mails = await tell(practice, id);
  expect(mails).toHaveLength(2);
  for (const mail of mails) expect(everythingOf(mail)).not.toContain("SECRET");
});

test("the calendar file says whom, when and which version, under one UID", async () => {
  const practice = await createPractice(booking.database);
  const { id, email, startsAt } = await bookAsStaff(practice);
  const calendar = mailTo(await tell(practice, id), email)?.calendar;
  expect(calendar?.method).toBe("REQUEST");
  const text = calendar?.text.replaceAll("\r\n ", "") ?? "";
  expect(text).toMatch(/ORGANIZER;CN=[^:]+:mailto:no-reply@creneau\.example/);
  expect(text).toMatch(new RegExp(`ATTENDEE;CN=Léa Petit;[^\r]*RSVP=FALSE:mailto:${email}`));
  const event = Object.values(ical.sync.parseICS(calendar?.text ?? "")).find(
    (part) => part?.type === "VEVENT",
  ) as { uid: string; start: Date; sequence: number };
  expect(event).toMatchObject({ uid: `${id}@creneau`, sequence: 1 });
  expect(new Date(event.start).getTime()).toBe(startsAt.getTime());
});

test("another link in somebody's hands is left alone, and no dead one is sent", async () => {
  const practice = await createPractice(booking.database);
  const { id, clientId, email } = await bookAsStaff(practice);
  await booking.run("UPDATE client SET portal_token_hash = 'of a merged client' WHERE id = $1", [clientId]);
  const mail = mailTo(await tell(practice, id), email);
  expect(tokenIn(mail, "portal")).toBe("");
  expect(tokenIn(mail, "manage")).not.toBe("");
  const [row] = await booking.run<{ portal_token_hash: string }>(
    "SELECT portal_token_hash FROM client WHERE id = $1",
    [clientId],
  );
  expect(row?.portal_token_hash).toBe("of a merged client");
});

test("two workers at once open one link; a job of another organization opens none", async () => {
  const practice = await createPractice(booking.database);
  const stranger = await createPractice(booking.database);
  const { id } = await bookAsStaff(practice);
  expect(await tell(stranger, id)).toEqual([]);
  const hashes = () =>
    booking.run<{ hash: string | null }>("SELECT manage_token_hash AS hash FROM appointment WHERE id = $1", [
      id,
    ]);
  expect(await hashes()).toEqual([{ hash: null }]);
  await Promise.allSettled([tell(practice, id), tell(practice, id)]);
  expect((await hashes())[0]?.hash).toMatch(/^[\w-]{43}$/);
});
