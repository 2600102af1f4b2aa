import type { CountryCode } from "libphonenumber-js/max";
import type { z } from "zod";
import { readPhone } from "../phones/read-phone.ts";
import type { newClientSchema } from "./clients-schema.ts";

/**
 * A client given with a booking, as the SQL function `ensure_client` takes it: it finds the known one with the same name
 * and e-mail or phone, or makes a new one. The phone number is read in the region of the site. Errors: `invalid_input` for a phone number nobody could call.
 */
export function clientColumns(client: z.output<typeof newClientSchema>, { region }: { region: CountryCode }) {
  return {
    ...client,
    phone: client.phone ? readPhone(client.phone, { region, field: "client.phone" }) : null,
  };
}
