import { parsePhoneNumberFromString } from "libphonenumber-js/min";
import { AppError } from "../errors.ts";

/**
 * A phone number in E.164, so that one line is one number however it was typed. Numbers without a country are French.
 * @throws AppError `invalid_input`, which names the field of the request
 */
export function normalizePhone(text: string, field = "phone"): string {
  const parsed = parsePhoneNumberFromString(text, "FR");
  if (!parsed?.isPossible()) throw new AppError("invalid_input", "Not a phone number", { field });
  return parsed.number;
}
