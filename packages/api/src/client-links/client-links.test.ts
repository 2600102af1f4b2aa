import { inTenantSql } from "@creneau/db/in-tenant";
import { afterAll, beforeAll, expect, test } from "vitest";
import { manageTokenOf, portalTokenOf } from "../booking/link-tokens.ts";
import { testContext } from "../context.fixture.ts";
import { type Caller, type Office, type Offices, openOffices, refusal } from "../directory/office.fixture.ts";
import { type Mail, MailError } from "../messages/open-mailer.ts";
import { openClientLinks } from "../notifications/client-links.ts";
import { deliverPortalLink } from "./deliver-portal-link.ts";

const secret = "a secret of the tests that is long enough";

let offices: Offices;
let office: Office;
let operator: Caller;
let stranger: Caller;
beforeAll(async () => {
  offices = await openOffices();
  office = offices.office;
  operator = await offices.as("operator", office);
  stranger = await offices.as("owner", offices.neighbour);
});
afterAll(() => offices.close());

let people = 0;
async function newClient() {
  people += 1;
  return operator.directory.clients.create({
    name: `Inès Client ${people}`,
    email: `ines${people}@exemple.fr`,
    phone: `06330000${String(people).padStart(2, "0")}`,
  });
}

let booked = 0;
/** A booking of the client's with its manage link open, as after a notice. */
async function book(clientId: string) {
  booked += 1;
  const { appointment } = await operator.appointments.create({
    providerId: office.providerId,
    serviceId: office.serviceId,
    startsAt: new Date(Date.UTC(2026, 10, 23 + Math.floor(booked / 12), 8, (booked % 12) * 30)).toISOString(),
    clientId,
  });
  return appointment.id;
}

const linksOf = (clientId: string, appointmentId: string) =>
  inTenantSql(offices.database, office.organization.scope, (tx) =>
    openClientLinks(tx, { secret, appointmentId, clientId }),
  );
const opensPortal = (portalToken: string) => refusal(offices.visitor().booking.portal({ portalToken }));
const opensBooking = (manageToken: string) => refusal(offices.visitor().booking.manage({ manageToken }));
const audited = async (id: string, action: string) =>
  (await offices.rows(office, "SELECT id FROM audit WHERE entity_id = $1 AND action = $2", [id, action]))
    .length;

test("staff have the link sent to the client's own address, and never see it", async () => {
  const client = await newClient();
  const provider = await offices.as("provider", office);
  const sent = await provider.clientLinks.send({ id: client.id });
  expect(sent).toEqual({ email: client.email, notificationId: expect.any(String) });
  const { to, token } = await offices.sendLink(operator, client.id, office);
  expect(to).toBe(client.email);
  const portal = await offices.visitor().booking.portal({ portalToken: token });
  expect(portal.client.name).toBe(client.name);
  expect(await audited(client.id, "client.link_issued")).toBe(2);
  const card = await operator.directory.clients.byId({ id: client.id });
  const preview = await operator.clientLinks.preview({ id: client.id });
  expect(JSON.stringify([sent, card, preview])).not.toContain(token);
  expect(preview.lastSentAt).not.toBeNull();
});

test("only to whom one may change, and who has an address", async () => {
  const client = await newClient();
  const { clientLinks } = operator;
  const nameless = await operator.directory.clients.create({ name: "Only a phone", phone: "0644000000" });
  expect(await refusal(clientLinks.send({ id: nameless.id }))).toBe("invalid_input");
  const viewer = await offices.as("viewer", office);
  for (const [caller, code] of [
    [viewer, "forbidden"],
    [stranger, "not_found"],
  ] as const) {
    for (const attempt of [
      () => caller.clientLinks.send({ id: client.id }),
      () => caller.clientLinks.revoke({ id: client.id }),
      () => caller.clientLinks.preview({ id: client.id }),
    ])
      expect(await refusal(attempt())).toBe(code);
  }
  await operator.directory.clients.archive({ id: client.id });
  expect(await refusal(clientLinks.send({ id: client.id }))).toBe("not_found");
});

test("links taken back open nothing, and the next ones are others", async () => {
  const client = await newClient();
  const appointmentId = await book(client.id);
  const first = await linksOf(client.id, appointmentId);
  expect([first.portal, first.manage]).toEqual([
    portalTokenOf(secret, client.id),
    manageTokenOf(secret, appointmentId),
  ]);
  expect(await opensBooking(first.manage ?? "")).toBe("accepted");
  await operator.clientLinks.revoke({ id: client.id });
  expect([await opensPortal(first.portal ?? ""), await opensBooking(first.manage ?? "")]).toEqual([
    "not_found",
    "not_found",
  ]);
  const next = await linksOf(client.id, appointmentId);
  expect(await linksOf(client.id, appointmentId)).toEqual(next);
  expect([await opensPortal(next.portal ?? ""), await opensBooking(next.manage ?? "")]).toEqual([
    "accepted",
    "accepted",
  ]);
  expect([await opensPortal(first.portal ?? ""), await opensBooking(first.manage ?? "")]).toEqual([
    "not_found",
    "not_found",
  ]);
  expect(await audited(client.id, "client.links_revoked")).toBe(1);
  // What they book online afterwards has links that its mail can carry too.
  const [service] = await offices.rows<{ slug: string }>(office, "SELECT slug FROM service WHERE id = $1", [
    office.serviceId,
  ]);
  const [site] = await offices.rows<{ slug: string }>(office, "SELECT slug FROM site WHERE id = $1", [
    office.siteId,
  ]);
  const online = await offices.visitor().booking.book({
    username: office.organization.slug,
    siteSlug: site?.slug ?? "",
    serviceSlug: service?.slug ?? "",
    startsAt: "2026-12-14T10:00:00.000Z",
    client: { name: client.name, email: client.email ?? "", locale: "fr" },
  });
  expect((await linksOf(client.id, online.appointmentId)).manage).toBe(online.manageToken);
  await operator.clientLinks.revoke({ id: client.id });
  expect(await opensBooking(online.manageToken)).toBe("not_found");
});

test("an address that is theirs no more takes its links along; a further one, or one they had already, does not", async () => {
  const client = await newClient();
  const appointmentId = await book(client.id);
  const links = await linksOf(client.id, appointmentId);
  const opens = async () => [await opensPortal(links.portal ?? ""), await opensBooking(links.manage ?? "")];
  const { update } = operator.directory.clients;
  const former = client.email ?? "";
  const kept = [
    await update({ id: client.id, phone: "06 55 00 00 01", name: "Inès Renommée" }),
    await update({ id: client.id, aliases: [{ kind: "email", value: "ines.pro@exemple.fr" }] }),
    await update({
      id: client.id,
      email: "ines.pro@exemple.fr",
      aliases: [{ kind: "email", value: former }],
    }),
  ];
  expect(kept.map(({ linksRevoked }) => linksRevoked)).toEqual([false, false, false]);
  expect(await opens()).toEqual(["accepted", "accepted"]);
  expect((await update({ id: client.id, aliases: [] })).linksRevoked).toBe(true);
  expect(await opens()).toEqual(["not_found", "not_found"]);
  const next = await linksOf(client.id, appointmentId);
  expect((await update({ id: client.id, email: "typo.corrected@exemple.fr" })).linksRevoked).toBe(true);
  expect(await opensPortal(next.portal ?? "")).toBe("not_found");
});

test("taking links back ends those of merged records, too", async () => {
  const [keep, gone] = [await newClient(), await newClient()];
  const { token } = await offices.sendLink(operator, gone.id, office);
  await operator.directory.clients.merge({ keepId: keep.id, mergeIds: [gone.id] });
  expect(await opensPortal(token)).toBe("accepted");
  expect(await refusal(operator.clientLinks.send({ id: gone.id }))).toBe("merged");
  expect(await refusal(operator.clientLinks.revoke({ id: gone.id }))).toBe("merged");
  await operator.clientLinks.revoke({ id: keep.id });
  expect(await opensPortal(token)).toBe("not_found");
});

test("the preview shows what the client sees and nothing else, as far as the seat reaches", async () => {
  const client = await newClient();
  const id = await book(client.id);
  await operator.notes.add({ appointmentId: id, kind: "shared", body: "Bring your papers" });
  await operator.notes.add({ appointmentId: id, kind: "internal", body: "SECRET" });
  const preview = await operator.clientLinks.preview({ id: client.id });
  expect(preview.bookings).toMatchObject([
    { appointmentId: id, notes: [{ body: "Bring your papers" }], canMove: true },
  ]);
  expect(JSON.stringify(preview)).not.toContain("SECRET");
  const elsewhere = await offices.as("manager", office, { siteIds: [office.otherSiteId] });
  const reached = await elsewhere.clientLinks.preview({ id: client.id }).catch(() => ({ bookings: [] }));
  expect(reached.bookings).toEqual([]);
});

test("a mail that waits is not sent once the address has changed; one that failed is sent again as the same", async () => {
  const client = await newClient();
  const mails: Mail[] = [];
  let isDown = true;
  const services = {
    ...testContext(offices.database, { now: Date.now }),
    appUrl: "http://localhost:3000",
    mailer: {
      address: "no-reply@localhost",
      send: async (mail: Mail) => {
        mails.push(mail);
        if (isDown) throw new MailError("ECONNREFUSED", { isPermanent: false });
      },
      close: () => undefined,
    },
  };
  const { notificationId } = await operator.clientLinks.send({ id: client.id });
  const data = { organizationId: office.organization.id, clientId: client.id, notificationId };
  await expect(deliverPortalLink(data, services)).rejects.toThrow(/ECONNREFUSED/);
  isDown = false;
  await deliverPortalLink(data, services);
  await deliverPortalLink(data, services);
  expect(mails.map(({ messageId }) => messageId)).toEqual([mails[0]?.messageId, mails[0]?.messageId]);
  const later = await operator.clientLinks.send({ id: client.id });
  await operator.directory.clients.update({ id: client.id, email: "moved.on@exemple.fr" });
  await deliverPortalLink({ ...data, notificationId: later.notificationId }, services);
  expect(mails.length).toBe(2);
  const [row] = await offices.rows(office, "SELECT sent_at, last_error FROM notification WHERE id = $1", [
    later.notificationId,
  ]);
  expect(row).toEqual({ sent_at: null, last_error: "address no longer theirs" });
});
