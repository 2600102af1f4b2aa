import { dateFormat } from "./date-format.ts";
import type { Instant } from "./instant.ts";

declare const zoneBrand: unique symbol;

/** The name of an IANA time zone this runtime knows, such as `Europe/Paris`. */
export type Zone = string & { readonly [zoneBrand]: true };

const knownZones = new Set<string>();
/** More than there are zones; names differ in case, so the memory needs a bound. */
const maxKnownZones = 1_000;

/**
 * Whether the text names an IANA zone known to the runtime. Bare offsets (`+02:00`) are refused although `Intl`
 * takes them: opening hours kept at a fixed offset would drift by an hour twice a year.
 * Names found right are remembered: asking `Intl` costs some 20 µs.
 */
export function isValidZone(text: string): text is Zone {
  if (knownZones.has(text)) return true;
  if (!/^[A-Za-z][A-Za-z0-9+_/-]*$/.test(text)) return false;
  try {
    dateFormat("en-US", { timeZone: text });
    if (knownZones.size < maxKnownZones) knownZones.add(text);
    return true;
  } catch {
    return false;
  }
}

/** Brands a zone name known to be right. @throws RangeError when the runtime does not know it. */
export function zone(text: string): Zone {
  if (!isValidZone(text)) throw new RangeError(`Not a time zone: ${text}`);
  return text;
}

/** A zone's offset from UTC at an instant: milliseconds to add to UTC to read the wall clock (east is positive). */
export type OffsetReader = (at: Instant) => number;

/**
 * Reads offsets from the runtime's time-zone data. Each call costs about 1 µs; callers cache (see `zone-day.ts`).
 *
 * `longOffset` gives `GMT`, `GMT+05:45`, or with seconds for the mean solar times of before standard time
 * (`GMT+00:09:21`). Reading it is a fourth of the price of taking the wall-clock fields apart.
 */
export function offsetReader(name: Zone): OffsetReader {
  const format = dateFormat("en-US", { timeZone: name, timeZoneName: "longOffset" });
  return (at) => {
    const text = format.format(at);
    const sign = text.indexOf("GMT") + 3;
    if (sign === text.length) return 0;
    const seconds =
      (pair(text, sign + 1) * 60 + pair(text, sign + 4)) * 60 +
      (text.length > sign + 6 ? pair(text, sign + 7) : 0);
    return (text.charCodeAt(sign) === 45 ? -seconds : seconds) * 1_000;
  };
}

function pair(text: string, index: number): number {
  return (text.charCodeAt(index) - 48) * 10 + text.charCodeAt(index + 1) - 48;
}
