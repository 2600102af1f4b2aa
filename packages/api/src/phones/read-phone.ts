import { type CountryCode, parsePhoneNumberFromString } from "libphonenumber-js/max";
import { AppError } from "../errors.ts";

/** Regions whose numbers are dialled from one another as if they were one country: ten digits, the first a zero. */
const frenchPlan: readonly CountryCode[] = ["FR", "RE", "YT", "GP", "BL", "MF", "MQ", "GF", "PM"];
/** What of that plan belongs overseas, by its first digits. */
const overseas: readonly [numbers: RegExp, region: CountryCode][] = [
  [/^0(?:26[23]|69[23])/, "RE"],
  [/^0(?:269|639)/, "YT"],
  [/^0(?:590|69[01])/, "GP"],
  [/^0[56]94/, "GF"],
  [/^0(?:596|69[67])/, "MQ"],
];

/** Whether a number says itself where it belongs, however it is read. */
export function isInternational(text: string): boolean {
  return /^[^\d]*\+/.test(text.normalize("NFKC"));
}

/**
 * A phone number in E.164, so that one line is one number however it was typed. A number without a country is read as it
 * is dialled in `region`; in France and its overseas regions, whose plan is one, as the region's whose number it is.
 * @throws AppError `invalid_input`, which names the field of the request
 */
export function readPhone(
  text: string,
  { region, field = "phone" }: { region: CountryCode; field?: string },
): string {
  const typed = text.normalize("NFKC");
  const readings = regionsOf(typed, region).map((each) => parsePhoneNumberFromString(typed, each));
  // Some numbers in use are newer than our knowledge of the plan: the right length for the site's own region will do, where
  // nothing fits better. Elsewhere it will not: six digits, half a number here, are a whole one in Saint-Pierre.
  const [own] = readings;
  const number = readings.find((each) => each?.isValid()) ?? (own?.isPossible() ? own : undefined);
  if (!number) throw new AppError("invalid_input", "Not a phone number", { field });
  return number.number;
}

/** The regions to read it in, the likeliest first. */
function regionsOf(typed: string, region: CountryCode): CountryCode[] {
  if (!frenchPlan.includes(region)) return [region];
  const digits = typed.replace(/\D/g, "");
  const known = digits.length === 10 ? overseas.find(([numbers]) => numbers.test(digits)) : undefined;
  return known ? [known[1]] : [region, ...frenchPlan.filter((other) => other !== region)];
}
