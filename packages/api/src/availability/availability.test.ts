import { afterAll, beforeAll, expect, test } from "vitest";
import type { Role } from "../actor.ts";
import {
  type Caller,
  type Offices,
  openOffices,
  refusal,
  refusalDetails,
} from "../directory/office.fixture.ts";

let offices: Offices;
let owner: Caller;
beforeAll(async () => {
  offices = await openOffices();
  owner = await offices.as("owner", offices.office);
});
afterAll(() => offices.close());

/** A provider who works Sundays from 1:00 to 5:00 in Paris, when its clocks change. */
async function nightOwl(): Promise<string> {
  const { siteId } = offices.office;
  const { id } = await owner.directory.providers.create({ name: "Night", siteIds: [siteId] });
  await owner.availability.setRules({
    providerId: id,
    siteId,
    rules: [{ isoWeekday: 7, startMinute: 60, endMinute: 300 }],
  });
  return id;
}

test("on the day the clocks go forward four hours on the wall are three", async () => {
  const providerId = await nightOwl();
  const { items } = await owner.availability.open({
    from: "2027-03-27T12:00:00.000Z",
    to: "2027-03-28T12:00:00.000Z",
    providerIds: [providerId],
  });
  expect(items.map(({ intervals }) => intervals)).toEqual([
    [{ startsAt: "2027-03-28T00:00:00.000Z", endsAt: "2027-03-28T03:00:00.000Z" }],
  ]);
});

test("on the day the clocks go back they are five", async () => {
  const providerId = await nightOwl();
  const { items } = await owner.availability.open({
    from: "2027-10-30T12:00:00.000Z",
    to: "2027-10-31T12:00:00.000Z",
    providerIds: [providerId],
  });
  expect(items.map(({ intervals }) => intervals)).toEqual([
    [{ startsAt: "2027-10-30T23:00:00.000Z", endsAt: "2027-10-31T04:00:00.000Z" }],
  ]);
});

test("the preview skips the hour that does not exist", async () => {
  const providerId = await nightOwl();
  const service = await owner.directory.services.create({
    name: "Hour",
    durationMinutes: 60,
    horizonDays: 365,
    providerIds: [providerId],
  });
  await owner.directory.organization.update({ slotMinutes: 60 });
  const { days, timezone } = await owner.availability.slots({
    providerId,
    serviceId: service.id,
    from: "2027-03-27T12:00:00.000Z",
    to: "2027-03-28T12:00:00.000Z",
  });
  await owner.directory.organization.update({ slotMinutes: 15 });
  expect(timezone).toBe("Europe/Paris");
  expect(days).toEqual([
    {
      date: "2027-03-28",
      slots: ["00", "01", "02"].map((hour) => ({
        startsAt: `2027-03-28T${hour}:00:00.000Z`,
        endsAt: `2027-03-28T0${Number(hour) + 1}:00:00.000Z`,
      })),
    },
  ]);
});

test("rules are replaced whole; windows that overlap are named, unless never valid together", async () => {
  const { siteId } = offices.office;
  const { id: providerId } = await owner.directory.providers.create({ name: "Rules", siteIds: [siteId] });
  const morning = { isoWeekday: 1, startMinute: 540, endMinute: 720 };
  const noon = { isoWeekday: 1, startMinute: 700, endMinute: 800 };
  expect(
    await refusalDetails(owner.availability.setRules({ providerId, siteId, rules: [morning, noon] })),
  ).toMatchObject({
    windows: [morning, noon],
  });
  const afternoon = { isoWeekday: 1, startMinute: 720, endMinute: 1080 };
  await owner.availability.setRules({ providerId, siteId, rules: [morning, afternoon] });
  const view = await owner.availability.setRules({
    providerId,
    siteId,
    rules: [
      { ...morning, validTo: "2026-12-31" },
      { ...noon, validFrom: "2027-01-01" },
    ],
  });
  expect(view.sites[0]?.rules).toMatchObject([
    { startMinute: 540, endMinute: 720, validFrom: null, validTo: "2026-12-31" },
    { startMinute: 700, endMinute: 800, validFrom: "2027-01-01", validTo: null },
  ]);
  expect(
    await refusal(
      owner.availability.setRules({ providerId, siteId, rules: [{ ...morning, endMinute: 500 }] }),
    ),
  ).toBe("invalid_input");
});

test("exceptions, absences and opening hours shape open time", async () => {
  const { siteId } = offices.office;
  const { id: providerId } = await owner.directory.providers.create({ name: "Shape", siteIds: [siteId] });
  await owner.availability.setRules({
    providerId,
    siteId,
    rules: [{ isoWeekday: 1, startMinute: 480, endMinute: 1200 }],
  });
  await owner.availability.setOpeningHours({
    siteId,
    rules: [{ isoWeekday: 1, startMinute: 540, endMinute: 1080 }],
  });
  const monday = {
    from: "2026-11-29T23:00:00.000Z",
    to: "2026-11-30T23:00:00.000Z",
    providerIds: [providerId],
  };
  const intervals = async () =>
    (await owner.availability.open(monday)).items[0]?.intervals.map(({ startsAt, endsAt }) => [
      startsAt.slice(11, 16),
      endsAt.slice(11, 16),
    ]);
  expect(await intervals()).toEqual([["08:00", "17:00"]]);
  const { timeOff } = await owner.availability.addTimeOff({
    providerId,
    startsAt: "2026-11-30T10:00:00.000Z",
    endsAt: "2026-11-30T11:00:00.000Z",
    reason: "Dentist",
  });
  expect(await intervals()).toEqual([
    ["08:00", "10:00"],
    ["11:00", "17:00"],
  ]);
  const { items } = await owner.availability.addException({
    siteId,
    date: "2026-11-30",
    windows: [{ startMinute: 600, endMinute: 660 }],
  });
  expect(await intervals()).toEqual([["09:00", "10:00"]]);
  const [exception] = items;
  if (!exception) throw new Error("No exception");
  await owner.availability.removeException({ id: exception.id });
  await owner.availability.removeTimeOff({ id: timeOff.id });
  await owner.availability.setOpeningHours({ siteId, rules: [] });
  expect(await intervals()).toEqual([["07:00", "19:00"]]);
});

test("an absence answers the appointments it collides with, and leaves them", async () => {
  const { office } = offices;
  const { appointment } = await owner.appointments.create({
    providerId: office.providerId,
    serviceId: office.serviceId,
    startsAt: "2026-12-01T09:00:00.000Z",
  });
  const blocked = await owner.availability.addTimeOff({
    providerId: office.providerId,
    startsAt: "2026-12-01T09:15:00.000Z",
    endsAt: "2026-12-01T10:00:00.000Z",
  });
  expect(blocked.collisions.map(({ id }) => id)).toEqual([appointment.id]);
  const beside = await owner.availability.addTimeOff({
    providerId: office.providerId,
    startsAt: "2026-12-01T09:30:00.000Z",
    endsAt: "2026-12-01T10:00:00.000Z",
  });
  expect(beside.collisions).toEqual([]);
  expect((await owner.appointments.byId({ id: appointment.id })).status).toBe("confirmed");
});

test("explain refuses for the reasons that creation refuses for", async () => {
  const { office } = offices;
  const place = { providerId: office.providerId, serviceId: office.serviceId };
  const { appointment } = await owner.appointments.create({ ...place, startsAt: "2026-12-02T09:00:00.000Z" });
  await owner.availability.addTimeOff({
    providerId: office.providerId,
    startsAt: "2026-12-02T13:00:00.000Z",
    endsAt: "2026-12-02T14:00:00.000Z",
  });
  const operator = await offices.as("operator", office);
  for (const startsAt of [
    "2026-12-02T09:15:00.000Z",
    "2026-12-02T13:30:00.000Z",
    "2026-12-02T20:00:00.000Z",
    "2026-12-05T10:00:00.000Z",
  ]) {
    const explained = await operator.availability.explain({ ...place, startsAt });
    expect(explained).toMatchObject({ offered: false, allowed: false, forceable: false });
    const details = await refusalDetails(operator.appointments.create({ ...place, startsAt }));
    expect(details?.reasons).toEqual(explained.reasons);
  }
  const free = { ...place, startsAt: "2026-12-02T10:00:00.000Z" };
  expect(await operator.availability.explain(free)).toEqual({
    offered: true,
    allowed: true,
    forceable: false,
    reasons: [],
  });
  // Moved by a quarter of an hour, an appointment does not stand in its own way.
  const moved = { ...place, startsAt: "2026-12-02T09:15:00.000Z", appointmentId: appointment.id };
  expect((await operator.availability.explain(moved)).offered).toBe(true);
  expect(
    (await owner.availability.explain({ ...place, startsAt: "2026-12-02T09:15:00.000Z" })).forceable,
  ).toBe(true);
});

test("the nearest starts come from every provider, and each of them can be booked", async () => {
  const { office } = offices;
  const { items } = await owner.availability.nearest({ serviceId: office.serviceId, limit: 4 });
  expect(items.map(({ startsAt }) => startsAt)).toEqual([
    "2026-11-23T08:00:00.000Z",
    "2026-11-23T08:00:00.000Z",
    "2026-11-23T08:15:00.000Z",
    "2026-11-23T08:15:00.000Z",
  ]);
  expect(new Set(items.map(({ providerId }) => providerId))).toEqual(
    new Set([office.providerId, office.otherProviderId]),
  );
  for (const { providerId, startsAt } of items.slice(0, 2)) {
    expect(
      (await owner.availability.explain({ providerId, serviceId: office.serviceId, startsAt })).offered,
    ).toBe(true);
    await owner.appointments.create({ providerId, serviceId: office.serviceId, startsAt });
  }
  const [next] = (await owner.availability.nearest({ serviceId: office.serviceId, limit: 1 })).items;
  expect(next?.startsAt).toBe("2026-11-23T08:30:00.000Z");
  const oneSite = await offices.as("operator", office, { siteIds: [office.siteId] });
  const seen = await oneSite.availability.nearest({ serviceId: office.serviceId, limit: 10 });
  expect(new Set(seen.items.map(({ siteId }) => siteId))).toEqual(new Set([office.siteId]));
});

const matrix: [Role, "any" | "own" | "none"][] = [
  ["owner", "any"],
  ["admin", "any"],
  ["manager", "any"],
  ["provider", "own"],
  ["operator", "none"],
  ["viewer", "none"],
];

test.each(matrix)("%s changes hours of %s", async (role, reach) => {
  const { office } = offices;
  const caller = await offices.as(role, office, { providerId: office.providerId });
  const outcome = (allowed: boolean) => (allowed ? "accepted" : "forbidden");
  const times = { startsAt: "2027-01-04T09:00:00.000Z", endsAt: "2027-01-04T10:00:00.000Z" };
  expect(await refusal(caller.availability.addTimeOff({ providerId: office.providerId, ...times }))).toBe(
    outcome(reach !== "none"),
  );
  expect(
    await refusal(caller.availability.addTimeOff({ providerId: office.otherProviderId, ...times })),
  ).toBe(outcome(reach === "any"));
  expect(await refusal(caller.availability.addTimeOff({ roomId: office.roomId, ...times }))).toBe(
    outcome(reach === "any"),
  );
  expect(await refusal(caller.availability.setOpeningHours({ siteId: office.otherSiteId, rules: [] }))).toBe(
    outcome(reach === "any"),
  );
  expect((await caller.availability.get({ providerId: office.providerId })).canChange).toBe(reach !== "none");
});

test("another organization's and another site's hours do not exist", async () => {
  const { office, neighbour } = offices;
  const manager = await offices.as("manager", office, { siteIds: [office.siteId] });
  for (const [caller, target] of [
    [owner, neighbour],
    [manager, { ...office, providerId: office.otherProviderId, siteId: office.otherSiteId }],
  ] as const) {
    const { providerId, siteId } = target;
    const times = { startsAt: "2027-01-05T09:00:00.000Z", endsAt: "2027-01-05T10:00:00.000Z" };
    expect(await refusal(caller.availability.get({ providerId }))).toBe("not_found");
    expect(await refusal(caller.availability.openingHours({ siteId }))).toBe("not_found");
    expect(await refusal(caller.availability.setRules({ providerId, siteId, rules: [] }))).toBe("not_found");
    expect(await refusal(caller.availability.setOpeningHours({ siteId, rules: [] }))).toBe("not_found");
    expect(await refusal(caller.availability.addTimeOff({ providerId, ...times }))).toBe("not_found");
    expect(await refusal(caller.availability.addException({ siteId, date: "2027-01-05" }))).toBe("not_found");
    expect(await refusal(caller.availability.explain({ providerId, startsAt: times.startsAt }))).toBe(
      "not_found",
    );
    const open = await caller.availability.open({
      from: times.startsAt,
      to: "2027-01-06T10:00:00.000Z",
      providerIds: [providerId],
    });
    expect(open.items).toEqual([]);
  }
  expect(await refusal(owner.availability.nearest({ serviceId: neighbour.serviceId }))).toBe("not_found");
});

test("a change of hours is told to the log, and asks for the hints anew", async () => {
  const { office } = offices;
  const { providerId, siteId } = office;
  await owner.availability.addException({ providerId, siteId, date: "2027-02-01" });
  const events = await offices.rows<{ payload: object }>(
    office,
    "SELECT payload FROM event WHERE type = 'availability.changed' AND entity_id = $1 ORDER BY id DESC LIMIT 1",
    [providerId],
  );
  expect(events[0]?.payload).toEqual({ providerId, siteId });
});
