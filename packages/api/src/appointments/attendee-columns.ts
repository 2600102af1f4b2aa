import type { CountryCode } from "libphonenumber-js/max";
import type { z } from "zod";
import { readPhone } from "../phones/read-phone.ts";
import type { attendeeSchema } from "./schema.ts";

/**
 * Attendees as their table keeps them, their phone numbers read in the region of the site. Errors: `invalid_input` for a
 * number nobody could call.
 */
export function attendeeColumns(
  attendees: readonly z.output<typeof attendeeSchema>[],
  { region }: { region: CountryCode },
) {
  return attendees.map(({ phone, ...attendee }, index) => ({
    ...attendee,
    ...(phone && { phone: readPhone(phone, { region, field: `attendees.${index}.phone` }) }),
  }));
}
