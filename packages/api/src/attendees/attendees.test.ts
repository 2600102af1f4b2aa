import { afterAll, beforeAll, expect, test } from "vitest";
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

async function booked(startsAt: string) {
  const { providerId, serviceId } = offices.office;
  return (await owner.appointments.create({ providerId, serviceId, startsAt })).appointment;
}

test("attendees come, answer and go; each change is a version, an event and a line of history", async () => {
  const { id } = await booked("2026-11-23T09:00:00.000Z");
  const attendees = [{ name: "Ana", email: "ANA@example.test" }, { name: "Ben" }];
  const added = await owner.attendees.add({ appointmentId: id, attendees });
  expect(added).toMatchObject({
    version: 2,
    attendees: [{ name: "Ana", email: "ana@example.test", status: "needs_action" }, { name: "Ben" }],
  });
  const again = await owner.attendees.add({
    appointmentId: id,
    attendees: [{ name: "Ana bis", email: "ana@example.test" }],
  });
  expect([again.version, again.attendees.length]).toEqual([2, 2]);
  const ana = added.attendees[0]?.id ?? "";
  const answered = await owner.attendees.respond({ id: ana, status: "accepted" });
  expect([answered.version, answered.attendees[0]?.status]).toEqual([3, "accepted"]);
  const gone = await owner.attendees.remove({ id: ana });
  expect([gone.version, gone.attendees.map(({ name }) => name)]).toEqual([4, ["Ben"]]);
  const events = await offices.rows<{ type: string; version: number }>(
    offices.office,
    "SELECT type, version FROM event WHERE entity_id = $1 ORDER BY id OFFSET 1",
    [id],
  );
  expect(events).toEqual([
    { type: "appointment.updated", version: 2 },
    { type: "attendee.responded", version: 3 },
    { type: "appointment.updated", version: 4 },
  ]);
  expect((await owner.appointments.history({ id })).items).toHaveLength(4);
});

test("an attendee is somebody to ring, too: from the booking on, and refused when nobody could call", async () => {
  const { providerId, serviceId } = offices.office;
  const { appointment } = await owner.appointments.create({
    providerId,
    serviceId,
    startsAt: "2026-11-23T13:00:00.000Z",
    attendees: [{ name: "Ana", phone: "06 12 34 56 78" }],
  });
  const { id } = appointment;
  const { attendees } = await owner.attendees.add({
    appointmentId: id,
    attendees: [{ name: "Ben", phone: "+49 30 901820" }],
  });
  expect(attendees.map(({ name, phone }) => [name, phone])).toEqual([
    ["Ana", "+33612345678"],
    ["Ben", "+4930901820"],
  ]);
  const wrong = [{ name: "Cyd", phone: "12345678901234567890" }];
  expect(await refusal(owner.attendees.add({ appointmentId: id, attendees: wrong }))).toBe("invalid_input");
  const booking = { providerId, serviceId, startsAt: "2026-11-23T14:00:00.000Z", attendees: wrong };
  expect(await refusal(owner.appointments.create(booking))).toBe("invalid_input");
  const second = { ...booking, attendees: [{ name: "Dan", phone: "06 12 34 56 79" }, ...wrong] };
  expect(await refusalDetails(owner.appointments.create(second))).toEqual({ field: "attendees.1.phone" });
  const client = { name: "Eve", phone: "12345678901234567890" };
  const forClient = { providerId, serviceId, startsAt: booking.startsAt, client };
  expect(await refusalDetails(owner.appointments.create(forClient))).toEqual({ field: "client.phone" });
  expect((await owner.appointments.byId({ id })).attendees).toHaveLength(2);
});

test("who may not change the appointment does not change its attendees", async () => {
  const { office, neighbour } = offices;
  const { id } = await booked("2026-11-23T10:00:00.000Z");
  const { attendees } = await owner.attendees.add({ appointmentId: id, attendees: [{ name: "Ana" }] });
  const ana = attendees[0]?.id ?? "";
  const callers = [
    [await offices.as("viewer", office), "forbidden"],
    [await offices.as("provider", office, { providerId: office.otherProviderId }), "forbidden"],
    [await offices.as("manager", office, { siteIds: [office.otherSiteId] }), "not_found"],
    [await offices.as("owner", neighbour), "not_found"],
    [await offices.as("provider", office, { providerId: office.providerId }), "accepted"],
  ] as const;
  for (const [caller, outcome] of callers) {
    expect(await refusal(caller.attendees.add({ appointmentId: id, attendees: [{ name: "X" }] }))).toBe(
      outcome,
    );
    expect(await refusal(caller.attendees.respond({ id: ana, status: "declined" }))).toBe(outcome);
    expect(await refusal(caller.attendees.remove({ id: ana }))).toBe(outcome);
  }
});

test("a cancelled appointment keeps the attendees it had", async () => {
  const { id, version } = await booked("2026-11-23T11:00:00.000Z");
  await owner.appointments.cancel({ id, version });
  expect(await refusal(owner.attendees.add({ appointmentId: id, attendees: [{ name: "Late" }] }))).toBe(
    "invalid_input",
  );
});
