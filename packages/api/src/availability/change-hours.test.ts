import { afterAll, beforeAll, expect, test } from "vitest";
import { type Caller, type Offices, openOffices, refusal } from "../directory/office.fixture.ts";

let offices: Offices;
let owner: Caller;
beforeAll(async () => {
  offices = await openOffices();
  owner = await offices.as("owner", offices.office);
});
afterAll(() => offices.close());

async function newProvider(name: string, siteIds = [offices.office.siteId]): Promise<string> {
  return (await owner.directory.providers.create({ name, siteIds })).id;
}

async function exceptionsOf(providerId: string) {
  const { exceptions } = await owner.availability.get({ providerId });
  return exceptions.map(({ date, windows, reason }) => ({ date, windows: windows.length, reason }));
}

test("hours saved from an old screen are refused, and what the other editor saved stays", async () => {
  const { siteId } = offices.office;
  const providerId = await newProvider("Two editors");
  const monday = { isoWeekday: 1, startMinute: 540, endMinute: 720 };
  const first = await owner.availability.setRules({ providerId, siteId, rules: [monday], basedOn: [] });
  const basedOn = first.sites[0]?.rules.map(({ id }) => id) ?? [];
  const second = await owner.availability.setRules({
    providerId,
    siteId,
    rules: [{ ...monday, endMinute: 780 }],
    basedOn,
  });
  expect(await refusal(owner.availability.setRules({ providerId, siteId, rules: [], basedOn }))).toBe(
    "version_conflict",
  );
  expect((await owner.availability.get({ providerId })).sites[0]?.rules).toMatchObject([{ endMinute: 780 }]);
  const ids = second.sites[0]?.rules.map(({ id }) => id) ?? [];
  const emptied = await owner.availability.setRules({ providerId, siteId, rules: [], basedOn: ids });
  expect(emptied.sites[0]?.rules).toEqual([]);
  // Without saying what it is based on, a script replaces whatever is there.
  await owner.availability.setRules({ providerId, siteId, rules: [monday] });
});

test("opening hours are guarded the same way", async () => {
  const { id: siteId } = await owner.directory.sites.create({ name: "Guarded", timezone: "Asia/Kathmandu" });
  const rules = [{ isoWeekday: 2, startMinute: 0, endMinute: 1440 }];
  const saved = await owner.availability.setOpeningHours({ siteId, rules, basedOn: [] });
  expect(saved).toMatchObject({ timezone: "Asia/Kathmandu", canChange: true, rules });
  expect(await refusal(owner.availability.setOpeningHours({ siteId, rules: [], basedOn: [] }))).toBe(
    "version_conflict",
  );
});

test("an exception answers the appointments it leaves outside, by the wall clock of their site", async () => {
  const { office, neighbour } = offices;
  const book = (startsAt: string) =>
    owner.appointments.create({ providerId: office.providerId, serviceId: office.serviceId, startsAt });
  const early = await book("2026-12-08T08:00:00.000Z"); // 9:00 to 9:30 in Paris
  const late = await book("2026-12-08T10:00:00.000Z"); // 11:00 to 11:30
  const nextDay = await book("2026-12-09T08:00:00.000Z");
  const closeTuesday = { providerId: office.providerId, siteId: office.siteId, date: "2026-12-08" };
  const collisionsOf = async (windows: { startMinute: number; endMinute: number }[], until?: string) => {
    const { collisions } = await owner.availability.addException({ ...closeTuesday, windows, until });
    return collisions.map(({ id }) => id);
  };
  expect(await collisionsOf([])).toEqual([early.appointment.id, late.appointment.id]);
  expect(await collisionsOf([{ startMinute: 540, endMinute: 600 }])).toEqual([late.appointment.id]);
  expect(await collisionsOf([{ startMinute: 550, endMinute: 690 }])).toEqual([early.appointment.id]);
  expect(await collisionsOf([{ startMinute: 540, endMinute: 690 }])).toEqual([]);
  expect(await collisionsOf([], "2026-12-09")).toEqual(
    [early, late, nextDay].map(({ appointment }) => appointment.id),
  );
  // Closing the site concerns everybody in it; another site, another organization nobody of these.
  const ofSite = await owner.availability.addException({ siteId: office.siteId, date: "2026-12-08" });
  expect(ofSite.collisions.map(({ id }) => id)).toEqual([early.appointment.id, late.appointment.id]);
  const elsewhere = await owner.availability.addException({ siteId: office.otherSiteId, date: "2026-12-08" });
  expect(elsewhere.collisions).toEqual([]);
  const neighbours = await offices.as("owner", neighbour);
  const foreign = await neighbours.availability.addException({
    siteId: neighbour.siteId,
    date: "2026-12-08",
  });
  expect(foreign.collisions).toEqual([]);
});

test("an exception is edited in one piece: the old dates go as the new ones come", async () => {
  const { siteId } = offices.office;
  const providerId = await newProvider("Edited");
  const { items } = await owner.availability.addException({
    providerId,
    siteId,
    date: "2027-03-01",
    until: "2027-03-03",
    reason: "Ski",
  });
  await owner.availability.addException({
    providerId,
    siteId,
    date: "2027-03-03",
    until: "2027-03-04",
    windows: [{ startMinute: 600, endMinute: 720 }],
    reason: "Ski",
    replacesIds: items.map(({ id }) => id),
  });
  expect(await exceptionsOf(providerId)).toEqual([
    { date: "2027-03-03", windows: 1, reason: "Ski" },
    { date: "2027-03-04", windows: 1, reason: "Ski" },
  ]);
  const { exceptions } = await owner.availability.get({ providerId });
  await owner.availability.removeExceptions({ ids: exceptions.map(({ id }) => id) });
  expect(await exceptionsOf(providerId)).toEqual([]);
});

test("an edit that may not take away the old one changes nothing", async () => {
  const { office, neighbour } = offices;
  const { siteId } = office;
  const providerId = await newProvider("Kept");
  const { items } = await owner.availability.addException({ providerId, siteId, date: "2027-03-01" });
  const gone = items.map(({ id }) => id);
  const neighbours = await offices.as("owner", neighbour);
  const otherHand = await offices.as("provider", office, { providerId: office.providerId });
  expect(await refusal(neighbours.availability.removeExceptions({ ids: gone }))).toBe("not_found");
  expect(await refusal(otherHand.availability.removeExceptions({ ids: gone }))).toBe("forbidden");
  const theirs = { siteId: neighbour.siteId, date: "2027-03-02" };
  const stored = () => neighbours.availability.openingHours({ siteId: neighbour.siteId });
  const before = await stored();
  expect(await refusal(neighbours.availability.addException({ ...theirs, replacesIds: gone }))).toBe(
    "not_found",
  );
  expect(await exceptionsOf(providerId)).toHaveLength(1);
  expect(await stored()).toEqual(before);
  const own = await offices.as("provider", office, { providerId });
  expect(await refusal(own.availability.removeExceptions({ ids: gone }))).toBe("accepted");
  expect(await exceptionsOf(providerId)).toEqual([]);
});

test("who covers one of a provider's two sites cannot lift what holds in both", async () => {
  const { office } = offices;
  const providerId = await newProvider("Two sites", [office.siteId, office.otherSiteId]);
  const { items } = await owner.availability.addException({ providerId, date: "2027-03-01" });
  const ids = items.map(({ id }) => id);
  const half = await offices.as("manager", office, { siteIds: [office.siteId] });
  const whole = await offices.as("manager", office, { siteIds: [office.siteId, office.otherSiteId] });
  expect(await refusal(half.availability.removeExceptions({ ids }))).toBe("forbidden");
  expect(await refusal(whole.availability.removeExceptions({ ids }))).toBe("accepted");
});

test("an absence is edited in one piece", async () => {
  const providerId = await newProvider("Away");
  const { timeOff } = await owner.availability.addTimeOff({
    providerId,
    startsAt: "2027-03-01T08:00:00.000Z",
    endsAt: "2027-03-01T10:00:00.000Z",
  });
  const edit = {
    providerId,
    startsAt: "2027-03-02T08:00:00.000Z",
    endsAt: "2027-03-02T10:00:00.000Z",
    replacesId: timeOff.id,
  };
  const edited = await owner.availability.addTimeOff(edit);
  const stored = (await owner.availability.get({ providerId })).timeOff;
  expect(stored.map(({ id }) => id)).toEqual([edited.timeOff.id]);
  // Gone already: the edit adds nothing either.
  expect(await refusal(owner.availability.addTimeOff(edit))).toBe("not_found");
  expect((await owner.availability.get({ providerId })).timeOff).toEqual(stored);
});

test("new weekly hours tell which appointments they leave outside, by the wall clock on both sides of a clock change", async () => {
  const { id: siteId } = await owner.directory.sites.create({
    name: "Stranded",
    timezone: "America/St_Johns",
  });
  const providerId = await newProvider("Stranded", [siteId]);
  const window = (isoWeekday: number, startMinute: number, endMinute: number) => ({
    isoWeekday,
    startMinute,
    endMinute,
  });
  const week = [window(1, 540, 720), window(1, 720, 1020), window(2, 540, 1020)];
  await owner.availability.setRules({ providerId, siteId, rules: week });
  const book = async (startsAt: string) =>
    (await owner.appointments.create({ providerId, siteId, startsAt, client: { name: "Léa" } })).appointment
      .id;
  // Mondays at 9:00, 11:45 (over the seam of two windows) and 16:00 in Newfoundland, in winter and in summer; a Tuesday.
  const [early, seam, late] = [
    await book("2026-11-23T12:30:00.000Z"),
    await book("2026-11-23T15:15:00.000Z"),
    await book("2026-11-23T19:30:00.000Z"),
  ];
  const [summerEarly, summerLate] = [
    await book("2027-03-15T11:30:00.000Z"),
    await book("2027-03-15T18:30:00.000Z"),
  ];
  const tuesday = await book("2026-11-24T12:30:00.000Z");
  const set = async (rules: ReturnType<typeof window>[]) =>
    (await owner.availability.setRules({ providerId, siteId, rules })).collisions.map(({ id }) => id);
  expect(await set(week.map((each) => ({ ...each })))).toEqual([]);
  expect(await set([window(1, 600, 960), window(2, 540, 1020)])).toEqual([
    early,
    late,
    summerEarly,
    summerLate,
  ]);
  // What is outside already is not told again.
  expect(await set([window(1, 600, 900)])).toEqual([tuesday]);
  expect(await set(week)).toEqual([]);
  await owner.availability.addException({
    providerId,
    siteId,
    date: "2026-11-24",
    windows: [{ startMinute: 0, endMinute: 1440 }],
  });
  expect(await set([])).toEqual([early, seam, late, summerEarly, summerLate]);
  await set(week);
  const opening = await owner.availability.setOpeningHours({
    siteId,
    rules: [window(1, 540, 720), window(2, 540, 1020)],
  });
  expect(opening.collisions.map(({ id }) => id)).toEqual([seam, late, summerLate]);
});
