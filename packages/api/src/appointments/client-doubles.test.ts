import { afterAll, beforeAll, expect, test } from "vitest";
import { type Caller, type Offices, openOffices } from "../directory/office.fixture.ts";

let offices: Offices;
let owner: Caller;
beforeAll(async () => {
  offices = await openOffices();
  owner = await offices.as("owner", offices.office);
});
afterAll(() => offices.close());

test("staff are told of another appointment of the same client at the same time, and of no other", async () => {
  const { office } = offices;
  const client = await owner.directory.clients.create({ name: "Léa Double" });
  const other = await owner.directory.clients.create({ name: "Autre" });
  const book = async (providerId: string, startsAt: string, clientId: string) => {
    const { appointment, warnings } = await owner.appointments.create({
      providerId,
      startsAt,
      clientId,
      force: true,
    });
    return { id: appointment.id, doubles: warnings.filter(({ code }) => code === "client_busy") };
  };
  const first = await book(office.providerId, "2026-11-23T09:00:00.000Z", client.id);
  expect(first.doubles).toEqual([]);
  expect((await book(office.otherProviderId, "2026-11-23T09:15:00.000Z", client.id)).doubles).toEqual([
    expect.objectContaining({ startsAt: "2026-11-23T09:00:00.000Z", endsAt: "2026-11-23T09:30:00.000Z" }),
  ]);
  expect((await book(office.otherProviderId, "2026-11-23T11:00:00.000Z", client.id)).doubles).toEqual([]);
  expect((await book(office.providerId, "2026-11-23T11:00:00.000Z", other.id)).doubles).toEqual([]);
  await owner.appointments.cancel({ id: first.id, version: 1 });
  expect((await book(office.providerId, "2026-11-23T08:45:00.000Z", client.id)).doubles).toEqual([]);
});
