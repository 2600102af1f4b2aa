import { expect, it } from "vitest";
import { periodAround } from "./start.ts";

const timezone = "Europe/Paris";

it("looks for other starts beyond the end of a month, and never before today", () => {
  expect(periodAround("2026-11-30", { today: "2026-11-27", timezone })).toEqual({
    from: "2026-11-27",
    to: "2026-12-21",
    timezone,
  });
  expect(periodAround("2026-12-31", { today: "2026-11-27", timezone })).toEqual({
    from: "2026-12-24",
    to: "2027-01-21",
    timezone,
  });
});
