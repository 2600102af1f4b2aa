import { afterAll, beforeAll, expect, test } from "vitest";
import { type Offices, openOffices, refusal } from "../directory/office.fixture.ts";

let offices: Offices;
let appointmentId: string;
beforeAll(async () => {
  offices = await openOffices();
  const owner = await offices.as("owner", offices.office);
  const { appointment } = await owner.appointments.create({
    providerId: offices.office.providerId,
    serviceId: offices.office.serviceId,
    startsAt: "2026-11-23T09:00:00.000Z",
    client: { name: "Client", email: "client@example.test" },
  });
  appointmentId = appointment.id;
});
afterAll(() => offices.close());

async function write(template: string, state: { sentAt?: string; error?: string }): Promise<void> {
  await offices.rows(
    offices.office,
    `INSERT INTO notification (organization_id, id, appointment_id, channel, recipient, template, locale, scheduled_for,
       dedupe_key, state, attempts, sent_at, last_error, updated_at)
     VALUES (current_organization(), uuid_v7(), $1, 'email', 'client@example.test', $2, 'fr', now(), $2, $5, 1, $3, $4, '2026-11-22T10:00:00Z')`,
    [appointmentId, template, state.sentAt ?? null, state.error ?? null, state.sentAt ? "sent" : "failed"],
  );
}

test("staff follow what was sent, what waits and what failed, latest first; nobody else does", async () => {
  const api = await offices.as("operator", offices.office);
  expect((await api.notifications.timeline({ appointmentId })).items).toEqual([]);
  await write("booked", { sentAt: "2026-11-22T09:00:00Z" });
  await write("moved", { error: "EENVELOPE 550" });
  await write("cancelled", { sentAt: "2026-11-22T11:00:00Z" });
  const { items } = await api.notifications.timeline({ appointmentId });
  expect(items.map(({ kind, state, reason }) => [kind, state, reason])).toEqual([
    ["cancelled", "sent", null],
    ["moved", "failed", "EENVELOPE 550"],
    ["booked", "sent", null],
  ]);
  expect(items[0]).toMatchObject({ channel: "email", recipient: "client@example.test", attempts: 1 });
  const stranger = await offices.as("owner", offices.neighbour);
  const elsewhere = await offices.as("manager", offices.office, { siteIds: [offices.office.otherSiteId] });
  for (const caller of [stranger, elsewhere])
    expect(await refusal(caller.notifications.timeline({ appointmentId }))).toBe("not_found");
});
