import { expect, test } from "vitest";
import { openOffices } from "../directory/office.fixture.ts";
import { type AppointmentJson, rowFromJson, toAppointmentView } from "./appointment-row.ts";

test("instants as text become what dates become, however many digits PostgreSQL writes", () => {
  for (const [instant, shown] of [
    ["2026-03-29 01:00:00+00", "2026-03-29T01:00:00.000Z"],
    ["2026-03-29 01:00:00.5+00", "2026-03-29T01:00:00.500Z"],
    ["2026-03-29 01:00:00.062+00", "2026-03-29T01:00:00.062Z"],
    ["2026-03-29 01:00:00.123456+00", "2026-03-29T01:00:00.123Z"],
    ["2026-03-29T01:00:00.25+00:00", "2026-03-29T01:00:00.250Z"],
  ] as const) {
    const row = {
      starts_at: instant,
      ends_at: instant,
      busy_from: instant,
      busy_to: instant,
      hold_expires_at: null,
      cancelled_at: instant,
      created_at: instant,
      updated_at: instant,
    } as AppointmentJson;
    expect(toAppointmentView(row)).toEqual(toAppointmentView(rowFromJson(row)));
    expect(toAppointmentView(row)).toMatchObject({
      startsAt: shown,
      cancelledAt: shown,
      holdExpiresAt: null,
    });
  }
});

test("the list shows an appointment exactly as reading it alone does", async () => {
  const offices = await openOffices();
  try {
    const { appointments } = await offices.as("owner", offices.office);
    const { providerId, serviceId } = offices.office;
    const startsAt = "2026-11-23T09:00:00.000Z";
    const { appointment } = await appointments.create({ providerId, serviceId, startsAt });
    const { items } = await appointments.list({ from: startsAt, to: "2026-11-24T00:00:00.000Z" });
    const { attendees, ...alone } = await appointments.byId({ id: appointment.id });
    expect(items).toEqual([alone]);
    expect(attendees).toEqual([]);
  } finally {
    await offices.close();
  }
});
