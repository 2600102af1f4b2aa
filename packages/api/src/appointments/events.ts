import type { AppointmentRow } from "./appointment-row.ts";

type Placed = Pick<AppointmentRow, "id" | "version" | "provider_id" | "site_id" | "room_id" | "starts_at">;

/** What an event of an appointment says of it, and what it says more; the row as the change leaves it. */
export function ofAppointment<More extends object = object>(row: Placed, more?: More) {
  return {
    entityId: row.id,
    version: row.version,
    payload: {
      providerId: row.provider_id,
      siteId: row.site_id,
      roomId: row.room_id,
      startsAt: row.starts_at.toISOString(),
      ...(more as More),
    },
  };
}
