import { afterAll, beforeAll, expect, test } from "vitest";
import type { Role } from "../actor.ts";
import { type Offices, openOffices, refusal, refusalDetails } from "./office.fixture.ts";

let offices: Offices;
beforeAll(async () => {
  offices = await openOffices();
});
afterAll(() => offices.close());

test("lists tell only the member's own organization", async () => {
  const owner = await offices.as("owner", offices.office);
  const { neighbour } = offices;
  const answers = JSON.stringify(
    await Promise.all([
      owner.directory.sites.list(),
      owner.directory.rooms.list(),
      owner.directory.providers.list(),
      owner.directory.services.list(),
      owner.directory.organization.get(),
    ]),
  );
  for (const id of [
    neighbour.organization.id,
    neighbour.siteId,
    neighbour.roomId,
    neighbour.providerId,
    neighbour.serviceId,
  ]) {
    expect(answers).not.toContain(id);
  }
  expect(answers).toContain(offices.office.providerId);
});

test("services are told without who offers them where that is not wanted", async () => {
  const owner = await offices.as("owner", offices.office);
  const offeredBy = async (input?: { withProviders: boolean }) =>
    (await owner.directory.services.list(input)).items.map(({ id, providerIds }) => [id, providerIds.length]);
  const { serviceId } = offices.office;
  expect(await offeredBy()).toEqual([[serviceId, 2]]);
  expect(await offeredBy({ withProviders: false })).toEqual([[serviceId, 0]]);
});

test("another organization's rows do not exist", async () => {
  const owner = await offices.as("owner", offices.office);
  const { neighbour } = offices;
  expect(await refusal(owner.directory.sites.update({ id: neighbour.siteId, name: "Mine" }))).toBe(
    "not_found",
  );
  expect(await refusal(owner.directory.rooms.create({ siteId: neighbour.siteId, name: "Mine" }))).toBe(
    "not_found",
  );
  expect(await refusal(owner.directory.providers.update({ id: neighbour.providerId, name: "Mine" }))).toBe(
    "not_found",
  );
  expect(await refusal(owner.directory.services.update({ id: neighbour.serviceId, name: "Mine" }))).toBe(
    "not_found",
  );
  expect(
    await refusal(
      owner.directory.services.create({
        name: "S",
        durationMinutes: 30,
        providerIds: [neighbour.providerId],
      }),
    ),
  ).toBe("not_found");
  expect(await refusal(owner.directory.providers.create({ name: "P", siteIds: [neighbour.siteId] }))).toBe(
    "not_found",
  );
  expect(await refusal(owner.directory.providers.archive({ id: neighbour.providerId }))).toBe("not_found");
});

const matrix: [
  Role,
  Record<"view" | "sites" | "archived" | "clients" | "merge" | "organization", boolean>,
][] = [
  ["owner", { view: true, sites: true, archived: true, clients: true, merge: true, organization: true }],
  ["admin", { view: true, sites: true, archived: true, clients: true, merge: true, organization: true }],
  ["manager", { view: true, sites: true, archived: true, clients: true, merge: true, organization: false }],
  [
    "operator",
    { view: true, sites: false, archived: false, clients: true, merge: true, organization: false },
  ],
  [
    "provider",
    { view: true, sites: false, archived: false, clients: true, merge: false, organization: false },
  ],
  [
    "viewer",
    { view: true, sites: false, archived: false, clients: false, merge: false, organization: false },
  ],
];

test.each(matrix)("%s does what the policy says", async (role, may) => {
  const caller = await offices.as(role, offices.office);
  const owner = await offices.as("owner", offices.office);
  const keep = await owner.directory.clients.create({ name: "Kept" });
  const gone = await owner.directory.clients.create({ name: "Gone" });
  const expected = (allowed: boolean) => (allowed ? "accepted" : "forbidden");
  expect(await refusal(caller.directory.providers.list())).toBe(expected(may.view));
  expect(await refusal(caller.directory.sites.create({ name: `Site of ${role}` }))).toBe(expected(may.sites));
  expect(
    await refusal(caller.directory.services.create({ name: `Service of ${role}`, durationMinutes: 20 })),
  ).toBe(expected(may.sites));
  expect(await refusal(caller.directory.sites.list({ includeArchived: true }))).toBe(expected(may.archived));
  expect(await refusal(caller.directory.clients.search({ query: "ke" }))).toBe(expected(may.clients));
  expect(await refusal(caller.directory.clients.create({ name: "X" }))).toBe(expected(may.clients));
  expect(await refusal(caller.directory.clients.merge({ keepId: keep.id, mergeIds: [gone.id] }))).toBe(
    expected(may.merge),
  );
  expect(await refusal(caller.directory.organization.update({ undoSeconds: 10 }))).toBe(
    expected(may.organization),
  );
});

test("a manager of one site sees and changes that site alone", async () => {
  const { office } = offices;
  const manager = await offices.as("manager", office, { siteIds: [office.siteId] });
  expect((await manager.directory.sites.list()).items.map(({ id }) => id)).toEqual([office.siteId]);
  expect((await manager.directory.providers.list()).items.map(({ id }) => id)).toEqual([office.providerId]);
  const services = await manager.directory.services.list();
  expect(services.items.find(({ id }) => id === office.serviceId)?.providerIds).toEqual([office.providerId]);
  expect(await refusal(manager.directory.sites.update({ id: office.otherSiteId, name: "X" }))).toBe(
    "not_found",
  );
  expect(await refusal(manager.directory.sites.create({ name: "X" }))).toBe("forbidden");
  expect(await refusal(manager.directory.services.update({ id: office.serviceId, name: "X" }))).toBe(
    "forbidden",
  );
  expect(
    await refusal(manager.directory.providers.create({ name: "X", siteIds: [office.otherSiteId] })),
  ).toBe("not_found");
  expect((await manager.directory.rooms.create({ siteId: office.siteId, name: "Room" })).siteId).toBe(
    office.siteId,
  );
});

test("a provider shared with a site the manager does not cover keeps that site", async () => {
  const { office } = offices;
  const owner = await offices.as("owner", office);
  const shared = await owner.directory.providers.create({
    name: "Shared",
    siteIds: [office.siteId, office.otherSiteId],
  });
  const manager = await offices.as("manager", office, { siteIds: [office.siteId] });
  await manager.directory.providers.update({ id: shared.id, siteIds: [] });
  const [after] = (await owner.directory.providers.list()).items.filter(({ id }) => id === shared.id);
  expect(after?.siteIds).toEqual([office.otherSiteId]);
  expect(await refusal(owner.directory.providers.update({ id: shared.id, siteIds: [] }))).toBe(
    "invalid_input",
  );
});

test("slugs come from names, numbered when taken; a taken one that was asked for is refused", async () => {
  const owner = await offices.as("owner", offices.office);
  const first = await owner.directory.sites.create({ name: "Été à la Cœur-de-Ville !" });
  const second = await owner.directory.sites.create({ name: "Ete a la coeur de ville" });
  expect([first.slug, second.slug]).toEqual(["ete-a-la-coeur-de-ville", "ete-a-la-coeur-de-ville-2"]);
  expect(await refusalDetails(owner.directory.sites.create({ name: "X", slug: first.slug }))).toEqual({
    field: "slug",
  });
  const elsewhere = await offices.as("owner", offices.neighbour);
  expect((await elsewhere.directory.sites.create({ name: "X", slug: first.slug })).slug).toBe(first.slug);
});

test("lists are searched whatever the case and accents, and read page by page in one order", async () => {
  const { office, neighbour } = offices;
  const owner = await offices.as("owner", office);
  for (const name of ["Évry Nord", "Évry Sud", "Saint-Étienne"]) {
    await owner.directory.sites.create({ name, city: "Évreux", postalCode: "27000" });
  }
  await (await offices.as("owner", neighbour)).directory.sites.create({ name: "Évry Nord" });
  const names = async (search: string) =>
    (await owner.directory.sites.list({ search })).items.map(({ name }) => name);
  expect(await names("evry nord")).toEqual(["Évry Nord"]);
  expect(await names("NORD évreux")).toEqual(["Évry Nord"]);
  expect(await names("27000")).toEqual(["Évry Nord", "Évry Sud", "Saint-Étienne"]);
  expect(await names("evry 100%")).toEqual([]);
  expect(await names("")).toHaveLength((await owner.directory.sites.list()).items.length);

  const whole = (await owner.directory.sites.list()).items.map(({ id }) => id);
  const paged: string[] = [];
  let cursor: string | null = null;
  do {
    const page: { items: { id: string }[]; nextCursor: string | null } = await owner.directory.sites.list({
      limit: 2,
      cursor,
    });
    expect(page.items.length).toBeLessThanOrEqual(2);
    paged.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor;
  } while (cursor);
  expect(paged).toEqual(whole);
});

test("providers and services are paged in their chosen order; a search tells nothing of sites out of reach", async () => {
  const { office } = offices;
  const owner = await offices.as("owner", office);
  const far = await owner.directory.sites.create({ name: "Faraway" });
  const both = await owner.directory.providers.create({
    name: "Inspector",
    skills: ["VL", "Gaz"],
    siteIds: [office.siteId, far.id],
  });
  const found = async (api: typeof owner, search: string) =>
    (await api.directory.providers.list({ search })).items.map(({ id }) => id);
  expect(await found(owner, "gaz")).toEqual([both.id]);
  expect(await found(owner, "faraway")).toEqual([both.id]);
  const manager = await offices.as("manager", office, { siteIds: [office.siteId] });
  expect(await found(manager, "gaz")).toEqual([both.id]);
  expect(await found(manager, "faraway")).toEqual([]);

  const first = await owner.directory.providers.list({ limit: 1 });
  const second = await owner.directory.providers.list({ limit: 1, cursor: first.nextCursor });
  const whole = (await owner.directory.providers.list()).items;
  expect([...first.items, ...second.items]).toEqual(whole.slice(0, 2));
  const last = await owner.directory.services.list({ limit: 200 });
  expect(last.nextCursor).toBeNull();
  expect((await owner.directory.services.list({ ids: [office.serviceId] })).items).toHaveLength(1);
});

test("what makes no sense is refused", async () => {
  const owner = await offices.as("owner", offices.office);
  const { siteId } = offices.office;
  const refused = [
    () => owner.directory.sites.create({ name: "X", timezone: "Europe/Atlantis" }),
    () => owner.directory.sites.create({ name: "X", timezone: "+02:00" }),
    () => owner.directory.sites.create({ name: "X", phone: "call me" }),
    () => owner.directory.sites.create({ name: "  " }),
    () => owner.directory.providers.create({ name: "X", siteIds: [siteId], colour: "red" }),
    () => owner.directory.providers.create({ name: "X", siteIds: [] }),
    () => owner.directory.services.create({ name: "X", durationMinutes: 0 }),
    () => owner.directory.organization.update({ slotMinutes: 7 }),
    () => owner.directory.subjects.create({ kind: "vehicle", reference: "--", attributes: {} }),
    () =>
      owner.directory.subjects.create({
        kind: "vehicle",
        reference: "AB1",
        attributes: { firstRegistration: "last year" },
      }),
  ];
  for (const call of refused) expect(await refusal(call())).toBe("invalid_input");
});

test("what has appointments to come is not archived; the rest is put away and can come back", async () => {
  const { office } = offices;
  const owner = await offices.as("owner", office);
  const client = await owner.directory.clients.create({ name: "Booked" });
  const { appointment } = await owner.appointments.create({
    providerId: office.providerId,
    serviceId: office.serviceId,
    startsAt: "2026-11-23T09:00:00.000Z",
    clientId: client.id,
    roomId: office.roomId,
  });
  for (const call of [
    () => owner.directory.sites.archive({ id: office.siteId }),
    () => owner.directory.rooms.archive({ id: office.roomId }),
    () => owner.directory.providers.archive({ id: office.providerId }),
    () => owner.directory.services.archive({ id: office.serviceId }),
    () => owner.directory.clients.archive({ id: client.id }),
  ]) {
    expect(await refusalDetails(call())).toEqual({ count: 1 });
  }
  expect(
    await refusal(owner.directory.providers.update({ id: office.providerId, siteIds: [office.otherSiteId] })),
  ).toBe("in_use");
  await owner.appointments.cancel({ id: appointment.id, version: appointment.version });
  await owner.directory.rooms.archive({ id: office.roomId });
  expect((await owner.directory.rooms.list()).items.some(({ id }) => id === office.roomId)).toBe(false);
  expect(
    (await owner.directory.rooms.list({ includeArchived: true })).items.some(
      ({ id }) => id === office.roomId,
    ),
  ).toBe(true);
  await owner.directory.rooms.archive({ id: office.roomId, archived: false });
  expect((await owner.directory.rooms.list()).items.some(({ id }) => id === office.roomId)).toBe(true);
});

test("a change leaves an event and an audit row behind; a client's data are in neither", async () => {
  const { office } = offices;
  const { api: owner, userId } = await offices.member("owner", office);
  const client = await owner.directory.clients.create({ name: "Private Person", phone: "06 11 22 33 44" });
  await owner.directory.clients.update({ id: client.id, email: "private@example.test" });
  const events = await offices.rows<{ type: string; payload: object }>(
    office,
    "SELECT type, payload FROM event WHERE entity_id = $1 ORDER BY id",
    [client.id],
  );
  expect(events).toEqual([
    { type: "client.created", payload: {} },
    { type: "client.updated", payload: { action: "changed" } },
  ]);
  const audit = await offices.rows<{ diff: object; actor_user_id: string }>(
    office,
    "SELECT diff, actor_user_id FROM audit WHERE entity_id = $1 ORDER BY created_at, id",
    [client.id],
  );
  expect(audit.at(-1)).toEqual({ actor_user_id: userId, diff: { action: "changed", fields: ["email"] } });
  expect(JSON.stringify(audit)).not.toContain("private");
});

test("linking an account to a provider makes its sessions look again", async () => {
  const { office } = offices;
  const owner = await offices.as("owner", office);
  const member = await offices.member("provider", office);
  const stranger = await offices.member("provider", offices.neighbour);
  await owner.directory.providers.update({ id: office.providerId, userId: member.userId });
  const events = await offices.rows(
    office,
    "SELECT 1 FROM event WHERE type = 'member.changed' AND entity_id = $1",
    [member.membershipId],
  );
  expect(events).toHaveLength(1);
  expect(
    await refusal(owner.directory.providers.update({ id: office.otherProviderId, userId: member.userId })),
  ).toBe("already_exists");
  expect(
    await refusal(owner.directory.providers.update({ id: office.otherProviderId, userId: stranger.userId })),
  ).toBe("not_found");
});
