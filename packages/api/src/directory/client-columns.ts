import type { z } from "zod";
import type { newClientSchema } from "../appointments/schema.ts";
import { normalizePhone } from "./phone.ts";

/**
 * A client given with a booking, as the SQL function `ensure_client` takes it: it finds the known one with the same name
 * and e-mail or phone, or makes a new one. Errors: `invalid_input` for a phone number nobody could call.
 */
export function clientColumns(client: z.output<typeof newClientSchema>) {
  return { ...client, phone: client.phone ? normalizePhone(client.phone, "client.phone") : null };
}
