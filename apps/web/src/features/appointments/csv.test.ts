import { describe, expect, it } from "vitest";
import { csvLine, csvSeparator } from "./csv.ts";

describe("csvLine", () => {
  it("quotes what would break a line", () => {
    expect(csvLine(['Dupont; "Jo"', "a\nb", null, 12], ";")).toBe('"Dupont; ""Jo""";"a\nb";;12\r\n');
  });

  it.each(["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3+cmd"])("disarms %j", (formula) => {
    expect(csvLine([formula], ";").replace(/^"/, "").startsWith("'")).toBe(true);
  });

  it.each(["+33 6 12 34 56 78", "-12,50"])("leaves the number %j alone", (number) => {
    expect(csvLine([number], ";")).toBe(`${number}\r\n`);
  });

  it("separates by semicolons in French", () => {
    expect([csvSeparator("fr"), csvSeparator("en")]).toEqual([";", ","]);
  });
});
