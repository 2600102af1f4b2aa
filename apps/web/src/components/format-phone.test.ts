import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatPhone } from "./format-phone.ts";

describe("formatPhone", () => {
  it.each([
    ["+33612345678", "06 12 34 56 78"],
    ["+33140000000", "01 40 00 00 00"],
    ["+442079460958", "+44 207 946 0958"],
    ["+262692123456", "0692 12 34 56"],
    ["+262639012345", "0639 01 23 45"],
    ["+590690123456", "0690 12 34 56"],
    ["+594694201234", "0694 20 12 34"],
    ["+596696123456", "0696 12 34 56"],
    ["+262123456789", "+262 123 456 789"],
    ["+687271234", "+687 271 234"],
    ["+15145550123", "+1 514 555 0123"],
    ["+9779812345678", "+977 981 234 5678"],
    ["3639", "3639"],
  ])("shows %s as %s", (stored, shown) => {
    expect(formatPhone(stored).replaceAll("\u00a0", " ")).toBe(shown);
  });

  it("never changes what would be dialled abroad", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\+[1-9]\d{5,14}$/), (phone) => {
        const shown = formatPhone(phone).replaceAll("\u00a0", "");
        // Shown as it is dialled in France: there it means the same number again.
        if (!shown.startsWith("0")) expect(shown).toBe(phone);
        else expect(/^\+(?:33|262|59[046])\d{9}$/.test(phone) && phone.endsWith(shown.slice(1))).toBe(true);
      }),
    );
  });
});
