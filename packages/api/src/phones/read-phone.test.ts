import type { CountryCode } from "libphonenumber-js/max";
import { describe, expect, it } from "vitest";
import { regionOfPlace } from "./find-region.ts";
import { isInternational, readPhone } from "./read-phone.ts";

describe("a number without a country", () => {
  it.each<[string, CountryCode, string]>([
    ["0692 12 34 56", "RE", "+262692123456"],
    ["0692.12.34.56", "RE", "+262692123456"],
    ["(0692) 12-34-56", "RE", "+262692123456"],
    ["０６９２ １２ ３４ ５６", "RE", "+262692123456"],
    ["262 692 12 34 56", "RE", "+262692123456"],
    ["0262 41 23 45", "RE", "+262262412345"],
    ["0690 12 34 56", "GP", "+590690123456"],
    ["0696 12 34 56", "MQ", "+596696123456"],
    ["0694 20 12 34", "GF", "+594694201234"],
    ["0639 01 23 45", "YT", "+262639012345"],
    ["41 12 34", "PM", "+508411234"],
    ["27 12 34", "NC", "+687271234"],
    ["87 12 34 56", "PF", "+68987123456"],
    ["06 12 34 56 78", "FR", "+33612345678"],
    ["+33 (0)6 12 34 56 78", "RE", "+33612345678"],
    ["0033 6 12 34 56 78", "FR", "+33612345678"],
    ["079 123 45 67", "CH", "+41791234567"],
    ["0470 12 34 56", "BE", "+32470123456"],
    ["(514) 555-0123", "CA", "+15145550123"],
    ["\u202a+33 6 12 34 56 78\u202c", "FR", "+33612345678"],
  ])("%s in %s is %s", (text, region, number) => {
    expect(readPhone(text, { region })).toBe(number);
  });

  it.each<[string, CountryCode, string]>([
    // One plan from Paris to Saint-Denis: the number of the other is dialled alike.
    ["06 12 34 56 78", "RE", "+33612345678"],
    ["01 44 55 66 77", "MQ", "+33144556677"],
    ["0692 12 34 56", "FR", "+262692123456"],
    ["0690 12 34 56", "FR", "+590690123456"],
    ["0696 12 34 56", "GP", "+596696123456"],
    // Newer than the plan we know, yet of Mayotte.
    ["0639 99 99 99", "FR", "+262639999999"],
  ])("%s in %s, a number of another part of France, is %s", (text, region, number) => {
    expect(readPhone(text, { region })).toBe(number);
  });

  it("is refused where nobody could be called, by the field's name", () => {
    for (const text of ["06 1234", "", "12", "abc", "3615", "06 12"]) {
      expect(() => readPhone(text, { region: "FR", field: "client.phone" })).toThrow(
        expect.objectContaining({ code: "invalid_input", details: { field: "client.phone" } }),
      );
    }
  });

  it("is told from one that says its country", () => {
    expect(["+33 6", " (+33) 6", "＋33 6"].map(isInternational)).toEqual([true, true, true]);
    expect(["06 12", "0033 6", "262 692"].map(isInternational)).toEqual([false, false, false]);
  });
});

describe("the region of a place", () => {
  it.each<[string, string | null, CountryCode]>([
    ["Europe/Paris", "75001", "FR"],
    ["Europe/Paris", null, "FR"],
    ["Indian/Reunion", null, "RE"],
    ["Europe/Paris", "97400", "RE"],
    ["Europe/Paris", "97 400", "RE"],
    ["Indian/Reunion", "97600", "YT"],
    ["Indian/Mayotte", null, "YT"],
    ["America/Martinique", "97200", "MQ"],
    ["America/Guadeloupe", "97133", "BL"],
    ["America/Guadeloupe", "97150", "MF"],
    ["America/Cayenne", null, "GF"],
    ["America/Miquelon", null, "PM"],
    ["Pacific/Noumea", null, "NC"],
    ["Pacific/Tahiti", null, "PF"],
    ["Pacific/Wallis", null, "WF"],
    // Eugene in Oregon has a postal code of Réunion's.
    ["America/Los_Angeles", "97401", "US"],
    ["Europe/Zurich", "97400", "CH"],
    ["Europe/Brussels", "1000", "BE"],
    ["Asia/Kolkata", null, "IN"],
    ["Asia/Calcutta", null, "IN"],
    ["Europe/Kyiv", null, "UA"],
    ["America/St_Johns", null, "CA"],
    ["UTC", null, "FR"],
  ])("%s %s is %s", (timezone, postalCode, region) => {
    expect(regionOfPlace({ timezone, postalCode })).toBe(region);
  });

  it("is known for every zone of a country", () => {
    const unknown = Intl.supportedValuesOf("timeZone").filter(
      (timezone) => regionOfPlace({ timezone }) === "FR" && timezone !== "Europe/Paris",
    );
    expect(
      unknown.filter(
        (zone) => !/^(Antarctica|Etc)\/|Kerguelen|Midway|Pitcairn|Wake|South_Georgia|^UTC$/.test(zone),
      ),
    ).toEqual([]);
  });
});
