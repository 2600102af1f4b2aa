import type { z } from "zod";
import type { attendeeSchema } from "../appointments/schema.ts";
import { normalizePhone } from "../directory/phone.ts";

/** Attendees as their table keeps them. Errors: `invalid_input` for a phone number nobody could call. */
export function attendeeColumns(attendees: readonly z.output<typeof attendeeSchema>[]) {
  return attendees.map(({ phone, ...attendee }, index) => ({
    ...attendee,
    ...(phone && { phone: normalizePhone(phone, `attendees.${index}.phone`) }),
  }));
}
