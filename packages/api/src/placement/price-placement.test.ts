import { MINUTE_MS } from "@creneau/domain/time/instant";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Caller, type Offices, openOffices, refusalDetails } from "../directory/office.fixture.ts";

let offices: Offices;
let owner: Caller;
let providerId: string;
let serviceId: string;
beforeAll(async () => {
  offices = await openOffices();
  owner = await offices.as("owner", offices.office);
  ({ providerId } = offices.office);
  const service = await owner.directory.services.create({
    name: "Inspection",
    durationMinutes: 30,
    priceCents: 7900,
    providerIds: [providerId],
    overrides: [
      { when: { fuel: "diesel", type: "utility" }, durationMinutes: 90, priceCents: 9500 },
      { when: { type: "utility" }, durationMinutes: 60 },
      { when: { fuel: "diesel" }, priceCents: 8400 },
    ],
  });
  serviceId = service.id;
});
afterAll(() => offices.close());

/** A Monday within working hours, 9 to 17 in Paris. */
const monday = (hour: number, minute = 0) => new Date(Date.UTC(2026, 10, 23, hour, minute)).toISOString();
const minutesOf = ({ startsAt, endsAt }: { startsAt: string; endsAt: string }) =>
  (Date.parse(endsAt) - Date.parse(startsAt)) / MINUTE_MS;
const vehicle = (reference: string, attributes: Record<string, string>) => ({
  subject: { kind: "vehicle" as const, reference, attributes },
});

test("staff book for as long, and at the price, that the matrix says", async () => {
  const create = async (startsAt: string, about: object = {}) => {
    const { appointment } = await owner.appointments.create({ providerId, serviceId, startsAt, ...about });
    return { minutes: minutesOf(appointment), priceCents: appointment.priceCents, id: appointment.subjectId };
  };
  expect(await create(monday(8))).toMatchObject({ minutes: 30, priceCents: 7900 });
  const diesel = await create(monday(8, 30), vehicle("AA-111-AA", { fuel: "Diesel" }));
  expect(diesel).toMatchObject({ minutes: 30, priceCents: 8400 });
  expect(await create(monday(9), { subjectId: diesel.id })).toMatchObject({ minutes: 30, priceCents: 8400 });
  // What is on file and what is said now count together.
  expect(await create(monday(9, 30), vehicle("aa 111 aa", { type: "utility" }))).toMatchObject({
    minutes: 90,
    priceCents: 9500,
  });
  const until = { endsAt: monday(11, 45), ...vehicle("BB-222-BB", { type: "utility" }) };
  expect(await create(monday(11), until)).toMatchObject({ minutes: 45, priceCents: 7900 });
});

test("free starts are those where the longer one fits, and end when it ends", async () => {
  const question = { serviceId, from: monday(12), to: monday(16) };
  await owner.appointments.create({ providerId, startsAt: monday(13), endsAt: monday(14) });
  const about = { subject: { attributes: { type: "utility" } } };
  const slots = async (subject: object) => {
    const { days } = await owner.availability.slots({ providerId, ...question, ...subject });
    return days.flatMap((day) => day.slots);
  };
  const [short, long] = [await slots({}), await slots(about)];
  expect(short.map(({ startsAt }) => startsAt)).toContain(monday(12, 30));
  expect(long.map(({ startsAt }) => startsAt)).not.toContain(monday(12, 30));
  expect(new Set(long.map(minutesOf))).toEqual(new Set([60]));

  const nearest = await owner.availability.nearest({ ...question, from: monday(12, 30), ...about, limit: 1 });
  expect(nearest.items).toEqual([
    expect.objectContaining({ startsAt: monday(14), endsAt: monday(15), providerId }),
  ]);
});

test("where the longer one does not fit, it is refused with starts where it does", async () => {
  const taken = owner.appointments.create({
    providerId,
    serviceId,
    startsAt: monday(12, 30),
    ...vehicle("CC-333-CC", { type: "utility" }),
  });
  const details = (await refusalDetails(taken)) as { alternatives: { startsAt: string }[] };
  expect(details.alternatives.length).toBeGreaterThan(0);
  for (const { startsAt } of details.alternatives) {
    const { allowed } = await owner.availability.explain({
      providerId,
      serviceId,
      startsAt,
      endsAt: new Date(Date.parse(startsAt) + 60 * MINUTE_MS).toISOString(),
    });
    expect(allowed).toBe(true);
  }
});

test("another organization's subject gives nothing away", async () => {
  const stranger = await offices.as("owner", offices.neighbour);
  const { items } = await owner.directory.subjects.list({});
  const subjectId = items.find(({ reference }) => reference === "AA111AA")?.id ?? "";
  expect(subjectId).not.toBe("");
  const service = await stranger.directory.services.create({
    name: "Inspection",
    durationMinutes: 30,
    providerIds: [offices.neighbour.providerId],
    overrides: [{ when: { fuel: "diesel" }, durationMinutes: 60 }],
  });
  const nearest = await stranger.availability.nearest({ serviceId: service.id, subjectId, limit: 1 });
  expect(nearest.items.map(minutesOf)).toEqual([30]);
});
