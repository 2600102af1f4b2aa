import { describe, expect, it } from "vitest";
import { returnPath } from "./return-path.ts";

describe("returnPath", () => {
  it("keeps a path of this site with its query", () => {
    expect(returnPath({ asked: "/en/dashboard/calendar?view=day#x", locale: "fr" })).toBe(
      "/en/dashboard/calendar?view=day#x",
    );
  });

  it.each([
    undefined,
    "",
    "https://evil.example/fr",
    "//evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "javascript:alert(1)",
  ])("sends %j to the front door", (asked) => {
    expect(returnPath({ asked, locale: "fr" })).toBe("/fr");
  });
});
