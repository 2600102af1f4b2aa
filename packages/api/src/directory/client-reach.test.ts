import { createProvider } from "@creneau/db/testing/factories";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Caller, type Office, type Offices, openOffices, refusal } from "./office.fixture.ts";

let offices: Offices;
let office: Office;
/** Of every site, of one, and of the other. */
let admin: Caller;
let here: Caller;
let there: Caller;
beforeAll(async () => {
  offices = await openOffices();
  office = offices.office;
  admin = await offices.as("admin", office);
  here = await offices.as("admin", office, { siteIds: [office.siteId] });
  there = await offices.as("admin", office, { siteIds: [office.otherSiteId] });
});
afterAll(() => offices.close());

let booked = 0;
async function book(clientId: string, at: "here" | "there", subjectId?: string) {
  booked += 1;
  const { appointment } = await admin.appointments.create({
    providerId: at === "here" ? office.providerId : office.otherProviderId,
    serviceId: office.serviceId,
    startsAt: new Date(Date.UTC(2026, 10, 23, 8, booked * 30)).toISOString(),
    clientId,
    ...(subjectId && { subjectId }),
  });
  return appointment;
}

/** How a seat meets a client: by id, by name, and in its list. */
async function meets(seat: Caller, { id, name }: { id: string; name: string }) {
  const found = (await seat.directory.clients.search({ query: name })).items.some((item) => item.id === id);
  const listed = (await seat.directory.clients.list({ limit: 200 })).items.some((item) => item.id === id);
  return { byId: (await refusal(seat.directory.clients.byId({ id }))) === "accepted", found, listed };
}
const all = { byId: true, found: true, listed: true };
const none = { byId: false, found: false, listed: false };

describe("a seat limited to sites", () => {
  test("meets who was at one of them, and nobody who was elsewhere alone", async () => {
    const client = await admin.directory.clients.create({ name: "Agathe Ailleurs" });
    await book(client.id, "there");
    expect(await meets(here, client)).toEqual(none);
    expect([await meets(there, client), await meets(admin, client)]).toEqual([all, all]);
    await book(client.id, "here");
    expect(await meets(here, client)).toEqual(all);
  });

  test("finds who is known nowhere yet, and enters people of its own", async () => {
    const unknown = await admin.directory.clients.create({ name: "Basile Nulle-Part" });
    expect(await meets(here, unknown)).toEqual({ byId: true, found: true, listed: false });
    const own = await here.directory.clients.create({ name: "Cécile Dici", phone: "06 44 00 00 01" });
    expect([await meets(here, own), await meets(there, own)]).toEqual([all, none]);
    const double = await there.directory.clients.create({ name: "Cécile Double", phone: "06 44 00 00 01" });
    expect(double.duplicateIds).toEqual([]);
    expect((await admin.directory.clients.duplicates({ id: own.id })).items.map(({ id }) => id)).toEqual([
      double.id,
    ]);
    expect((await here.directory.clients.duplicates({ id: own.id })).items).toEqual([]);
  });

  test("does nothing with a client it does not meet", async () => {
    const client = await admin.directory.clients.create({
      name: "Denis Ailleurs",
      email: "denis@exemple.fr",
    });
    const subject = await admin.directory.subjects.create({
      kind: "file",
      reference: "D-1",
      clientId: client.id,
    });
    await book(client.id, "there", subject.id);
    const mine = await here.directory.clients.create({ name: "Emma Dici" });
    const kept = await book(mine.id, "here");
    const { clients, subjects } = here.directory;
    for (const attempt of [
      () => clients.update({ id: client.id, name: "Pris" }),
      () => clients.archive({ id: client.id }),
      () => clients.duplicates({ id: client.id }),
      () => clients.compare({ ids: [mine.id, client.id] }),
      () => clients.merge({ keepId: mine.id, mergeIds: [client.id] }),
      () => clients.merge({ keepId: client.id, mergeIds: [mine.id] }),
      () => here.clientLinks.preview({ id: client.id }),
      () => here.clientLinks.send({ id: client.id }),
      () => here.clientLinks.revoke({ id: client.id }),
      () => subjects.update({ id: subject.id, label: "Pris" }),
      () => subjects.archive({ id: subject.id }),
      () => subjects.create({ kind: "file", reference: "D-2", clientId: client.id }),
      () => here.appointments.update({ id: kept.id, version: 1, clientId: client.id }),
      () => here.appointments.update({ id: kept.id, version: 1, subjectId: subject.id }),
      () =>
        here.appointments.create({
          providerId: office.providerId,
          startsAt: "2026-12-01T10:00:00Z",
          endsAt: "2026-12-01T10:30:00Z",
          clientId: client.id,
        }),
      () =>
        here.appointments.create({
          providerId: office.providerId,
          startsAt: "2026-12-01T10:00:00Z",
          endsAt: "2026-12-01T10:30:00Z",
          subjectId: subject.id,
        }),
    ])
      expect(await refusal(attempt()), String(attempt)).toBe("not_found");
    expect((await subjects.list({ search: "D-1" })).items).toEqual([]);
    expect((await there.directory.subjects.list({})).items.map(({ reference }) => reference)).toContain(
      "D-1",
    );
  });

  test("does not learn whose a subject is that came to it from elsewhere", async () => {
    const seller = await admin.directory.clients.create({ name: "Farid Vendeur" });
    const car = await admin.directory.subjects.create({
      kind: "vehicle",
      reference: "ff-111-ff",
      clientId: seller.id,
    });
    await book(seller.id, "there", car.id);
    const buyer = await here.directory.clients.create({ name: "Gaël Acheteur" });
    await book(buyer.id, "here", car.id);
    const [seen] = (await here.directory.subjects.list({ search: "FF111FF" })).items;
    expect(seen).toMatchObject({ id: car.id, clientId: null, clientName: null });
    expect((await there.directory.subjects.list({ search: "FF111FF" })).items[0]?.clientName).toBe(
      "Farid Vendeur",
    );
  });

  test("merges, takes back and archives only what is wholly its own", async () => {
    const keep = await admin.directory.clients.create({ name: "Hana Une" });
    const shared = await admin.directory.clients.create({ name: "Hana Deux" });
    const own = await admin.directory.clients.create({ name: "Hana Trois" });
    await book(keep.id, "here");
    await book(shared.id, "here");
    await book(shared.id, "there");
    await book(own.id, "here");
    const { clients } = here.directory;
    expect(await refusal(clients.merge({ keepId: keep.id, mergeIds: [shared.id] }))).toBe("forbidden");
    expect(await refusal(clients.archive({ id: shared.id }))).toBe("forbidden");
    const { mergeId } = await clients.merge({ keepId: shared.id, mergeIds: [own.id] });
    expect(await meets(there, own)).toMatchObject({ byId: true });
    await clients.undoMerge({ id: mergeId });
    expect(await meets(there, own)).toEqual(none);
    const wide = await admin.directory.clients.merge({ keepId: keep.id, mergeIds: [shared.id] });
    expect(await refusal(clients.undoMerge({ id: wide.mergeId }))).toBe("forbidden");
    expect(await refusal(there.directory.clients.undoMerge({ id: mergeId }))).toBe("not_found");
  });

  test("is refused what concerns every site, whatever its role, and is not offered it", async () => {
    const owner = await offices.as("owner", office, { siteIds: [office.siteId] });
    for (const attempt of [
      () => owner.directory.organization.update({ name: "Pris" }),
      () => owner.directory.services.update({ id: office.serviceId, name: "Pris" }),
      () => owner.directory.sites.create({ name: "Nouveau" }),
      () => owner.jobs.dead(),
      () => owner.jobs.retry({ id: office.siteId }),
      () => owner.jobs.parkedEvents(),
      () => owner.jobs.retryParkedEvent({ consumer: "x", eventId: 1 }),
    ])
      expect(await refusal(attempt()), String(attempt)).toBe("forbidden");
    const [offered, unlimited] = [
      await owner.session.me(),
      await (await offices.as("owner", office)).session.me(),
    ];
    expect(unlimited?.permissions).toEqual(expect.arrayContaining(["organization.change", "audit.view"]));
    expect(offered?.permissions).not.toEqual(expect.arrayContaining(["organization.change"]));
    expect(offered?.permissions).toContain("members.change");
  });

  test("opens no feed that reaches beyond it, but its own", async () => {
    const { database } = offices;
    const both = await createProvider(database, office.organization, {
      siteId: office.siteId,
      name: "Aux deux",
    });
    await admin.directory.providers.update({ id: both.id, siteIds: [office.siteId, office.otherSiteId] });
    const { calendarFeed } = here;
    const listed = (await calendarFeed.list()).items.map(({ providerId }) => providerId);
    expect(listed).toContain(office.providerId);
    expect(listed).not.toContain(both.id);
    expect(await refusal(calendarFeed.renew({ providerId: office.providerId }))).toBe("accepted");
    expect(await refusal(calendarFeed.renew({ providerId: both.id }))).toBe("not_found");
    expect(await refusal(calendarFeed.close({ providerId: office.otherProviderId }))).toBe("not_found");
    const self = await offices.as("provider", office, { siteIds: [office.siteId], providerId: both.id });
    expect(await refusal(self.calendarFeed.renew({}))).toBe("accepted");
  });
});
