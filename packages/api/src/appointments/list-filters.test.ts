import { afterAll, beforeAll, expect, test } from "vitest";
import { type Offices, openOffices } from "../directory/office.fixture.ts";

let offices: Offices;
beforeAll(async () => {
  offices = await openOffices();
});
afterAll(() => offices.close());

test("the list holds the appointments of the services asked for, and none of the neighbour's", async () => {
  const { office, neighbour } = offices;
  const owner = await offices.as("owner", office);
  const { providerId, serviceId } = office;
  const booked = await owner.appointments.create({
    providerId,
    serviceId,
    startsAt: "2026-11-23T09:00:00.000Z",
  });
  await owner.appointments.create({
    providerId,
    startsAt: "2026-11-23T10:00:00.000Z",
    endsAt: "2026-11-23T10:30:00.000Z",
  });
  const period = { from: "2026-11-23T00:00:00.000Z", to: "2026-11-24T00:00:00.000Z" };
  const ids = async (caller: typeof owner, serviceIds?: string[]) =>
    (await caller.appointments.list({ ...period, serviceIds })).items.map(({ id }) => id);
  expect(await ids(owner)).toHaveLength(2);
  expect(await ids(owner, [serviceId])).toEqual([booked.appointment.id]);
  expect(await ids(owner, [neighbour.serviceId])).toEqual([]);
  expect(await ids(await offices.as("owner", neighbour), [serviceId])).toEqual([]);
});
