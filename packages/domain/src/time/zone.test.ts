import { IANAZone } from "luxon";
import { describe, expect, test } from "vitest";
import { type Instant, MINUTE_MS } from "./instant.ts";
import { isValidZone, offsetReader, zone } from "./zone.ts";

describe("isValidZone", () => {
  test.each(["Europe/Paris", "America/Argentina/Buenos_Aires", "Etc/GMT+5", "UTC", "America/Port-au-Prince"])(
    "takes %s",
    (text) => expect(isValidZone(text)).toBe(true),
  );
  test.each(["Europe/Pari", "+02:00", "-0500", "", "local", "Europe/Paris\n", "system"])(
    "refuses %j",
    (text) => {
      expect(isValidZone(text)).toBe(false);
      expect(() => zone(text)).toThrow(RangeError);
    },
  );
});

describe("offsetReader", () => {
  test("agrees with Luxon in every zone of the runtime", () => {
    const instants = [0, 3, 6, 9].flatMap((month) =>
      [2011, 2026].map((year) => Date.UTC(year, month, 15) as Instant),
    );
    for (const name of Intl.supportedValuesOf("timeZone")) {
      const read = offsetReader(zone(name));
      for (const at of instants) expect(read(at) / MINUTE_MS, name).toBe(IANAZone.create(name).offset(at));
    }
  });

  test("reads seconds of offsets from before standard time", () => {
    expect(offsetReader(zone("Europe/Paris"))(Date.UTC(1880, 0) as Instant)).toBe((9 * 60 + 21) * 1_000);
    expect(offsetReader(zone("Africa/Monrovia"))(Date.UTC(1971, 0) as Instant)).toBe(-(44 * 60 + 30) * 1_000);
  });
});
