import { afterAll, beforeAll, expect, test } from "vitest";
import type { Role } from "../actor.ts";
import { type Caller, type Offices, openOffices } from "./office.fixture.ts";

let offices: Offices;
beforeAll(async () => {
  offices = await openOffices();
});
afterAll(() => offices.close());

/** What a member is told first. */
async function firstTold(api: Caller): Promise<string[]> {
  const following = await api.directory.onChange();
  for await (const { kinds } of following) return kinds;
  return [];
}

test.each<[Role, string[]]>([
  ["viewer", []],
  ["operator", ["client", "subject"]],
  ["provider", ["client", "subject"]],
  ["manager", ["client", "subject", "member"]],
])("a %s is told of what the role reads", async (role, more) => {
  const kinds = await firstTold(await offices.as(role, offices.office));
  expect(kinds.toSorted()).toEqual(
    ["site", "room", "provider", "service", "hours", "organization", ...more].toSorted(),
  );
});

test("a change is told once it is in the log, by its kind alone", async () => {
  await offices.events.start();
  const { office, neighbour } = offices;
  const [owner, viewer, stranger] = await Promise.all([
    offices.as("owner", office),
    offices.as("viewer", office),
    offices.as("owner", neighbour),
  ]);
  const told = (await viewer.directory.onChange())[Symbol.asyncIterator]();
  await told.next();
  await stranger.directory.sites.update({ id: neighbour.siteId, city: "Nantes" });
  await owner.directory.clients.create({ name: "Private Person", phone: "06 11 22 33 55" });
  await owner.availability.addTimeOff({
    providerId: office.providerId,
    startsAt: "2026-12-01T08:00:00Z",
    endsAt: "2026-12-01T10:00:00Z",
  });
  expect((await told.next()).value).toEqual({ kinds: ["hours"] });
  await owner.directory.rooms.update({ id: office.roomId, name: "Room 9" });
  expect((await told.next()).value).toEqual({ kinds: ["room"] });
  await told.return?.(undefined);
});

test("whoever reads clients is told of one who came with a booking, a visitor's or a colleague's", async () => {
  await offices.events.start();
  const { office } = offices;
  const owner = await offices.as("owner", office);
  const [reader, viewer] = await Promise.all([offices.as("operator", office), offices.as("viewer", office)]);
  const [names] = await offices.rows<{ site: string; service: string }>(
    office,
    "SELECT (SELECT slug FROM site WHERE id = $1) AS site, (SELECT slug FROM service WHERE id = $2) AS service",
    [office.siteId, office.serviceId],
  );
  const told = (await reader.directory.onChange())[Symbol.asyncIterator]();
  const toldViewer = (await viewer.directory.onChange())[Symbol.asyncIterator]();
  await Promise.all([told.next(), toldViewer.next()]);
  const book = (startsAt: string, name: string) =>
    offices.visitor().booking.book({
      username: office.organization.slug,
      siteSlug: names?.site,
      serviceSlug: names?.service ?? "",
      startsAt,
      client: { name, email: "new@example.test" },
    });
  await book("2026-11-23T09:00:00Z", "New Client");
  expect((await told.next()).value).toEqual({ kinds: ["client"] });
  // Who is known already changes nothing: the next that is told is another thing.
  await book("2026-11-23T10:00:00Z", "New Client");
  await owner.directory.rooms.update({ id: office.roomId, name: "Room 11" });
  expect((await told.next()).value).toEqual({ kinds: ["room"] });
  await owner.appointments.create({
    providerId: office.providerId,
    startsAt: "2026-11-23T13:00:00Z",
    endsAt: "2026-11-23T13:30:00Z",
    client: { name: "Rang Up", phone: "06 11 22 33 66" },
  });
  expect((await told.next()).value).toEqual({ kinds: ["client"] });
  // A seat that reads no clients heard of the room alone.
  expect((await toldViewer.next()).value).toEqual({ kinds: ["room"] });
  await Promise.all([told.return?.(undefined), toldViewer.return?.(undefined)]);
});
