import { afterAll, beforeAll, expect, test } from "vitest";
import { type Offices, openOffices } from "../directory/office.fixture.ts";

let offices: Offices;
beforeAll(async () => {
  offices = await openOffices();
});
afterAll(() => offices.close());

test("who has no access to clients reads the names of an appointment, not how to reach them", async () => {
  const { office } = offices;
  const owner = await offices.as("owner", office);
  const { appointment } = await owner.appointments.create({
    providerId: office.providerId,
    serviceId: office.serviceId,
    startsAt: "2026-11-23T09:00:00.000Z",
    client: { name: "Léa Client", email: "lea@example.test", phone: "+33612345678" },
    attendees: [{ name: "Ana", email: "ana@example.test", phone: "06 98 76 54 32" }],
  });
  const period = { from: "2026-11-23T00:00:00.000Z", to: "2026-11-24T00:00:00.000Z" };
  const read = async (role: "operator" | "viewer") => {
    const { appointments } = await offices.as(role, office);
    return JSON.stringify([await appointments.list(period), await appointments.byId({ id: appointment.id })]);
  };
  const contacts = ["lea@example.test", "+33612345678", "ana@example.test", "+33698765432"];
  const [operator, viewer] = [await read("operator"), await read("viewer")];
  for (const contact of contacts) expect(operator).toContain(contact);
  for (const contact of contacts) expect(viewer).not.toContain(contact);
  expect(viewer).toContain("Léa Client");
  expect(viewer).toContain("Ana");
});

test("who may not read contacts finds nobody by them, and reads none in place of a name", async () => {
  const { office } = offices;
  const owner = await offices.as("owner", office);
  const place = { providerId: office.providerId, serviceId: office.serviceId };
  const { appointment } = await owner.appointments.create({
    ...place,
    startsAt: "2026-11-24T09:00:00.000Z",
    client: { name: "Noé Cherché", email: "cherche@example.test", phone: "+33611223344" },
  });
  const unnamed = await owner.appointments.create({
    ...place,
    startsAt: "2026-11-24T10:00:00.000Z",
    client: { name: "06 55 44 33 22", phone: "06 55 44 33 22" },
    attendees: [{ name: "invitee@example.test", email: "invitee@example.test" }],
  });
  const period = { from: "2026-11-24T00:00:00.000Z", to: "2026-11-25T00:00:00.000Z" };
  const found = async (role: "operator" | "viewer", search: string) => {
    const { appointments } = await offices.as(role, office);
    return (await appointments.list({ ...period, search })).items.map(({ id }) => id);
  };
  for (const search of ["cherche@example", "611223344", "Cherché", "noe"]) {
    expect(await found("operator", search), search).toEqual([appointment.id]);
  }
  for (const search of ["cherche@example", "611223344"]) expect(await found("viewer", search)).toEqual([]);
  for (const search of ["Cherché", "noe"]) expect(await found("viewer", search)).toEqual([appointment.id]);

  const { appointments } = await offices.as("viewer", office);
  const read = await appointments.byId({ id: unnamed.appointment.id });
  expect([read.clientName, read.attendees[0]?.name]).toEqual(["…22", "in…@…"]);
  expect(JSON.stringify(await appointments.history({ id: unnamed.appointment.id }))).not.toMatch(
    /invitee|55 44 33|55443322/,
  );
});
