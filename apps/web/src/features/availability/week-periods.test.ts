import { describe, expect, it } from "vitest";
import { type DraftRule, draftRule, type Period, windowProblems } from "./week-draft.ts";
import { currentPeriod, endPeriod, movePeriod, startPeriod } from "./week-periods.ts";

const always: Period = { validFrom: null, validTo: null };
const summer: Period = { validFrom: "2027-07-01", validTo: "2027-08-31" };

function window(isoWeekday: number, period: Period = always, startMinute = 540): DraftRule {
  return draftRule({ isoWeekday, startMinute, endMinute: 720, ...period });
}

function shown(rules: readonly DraftRule[]) {
  return rules
    .map(({ isoWeekday, startMinute, validFrom, validTo }) =>
      [isoWeekday, startMinute, validFrom ?? "", validTo ?? ""].join(" "),
    )
    .toSorted();
}

describe("startPeriod", () => {
  it("cuts the usual week around the dates, and begins with a copy of it", () => {
    const rules = startPeriod([window(1)], summer);
    expect(shown(rules)).toEqual(["1 540  2027-06-30", "1 540 2027-07-01 2027-08-31", "1 540 2027-09-01 "]);
    expect(windowProblems(rules).size).toBe(0);
  });

  it("from a date on without an end leaves nothing after it", () => {
    expect(shown(startPeriod([window(1)], { validFrom: "2027-07-01", validTo: null }))).toEqual([
      "1 540  2027-06-30",
      "1 540 2027-07-01 ",
    ]);
  });

  it("copies what counts on its first day where it spans several weeks of hours", () => {
    const rules = [
      window(1, { validFrom: null, validTo: "2027-07-14" }, 480),
      window(1, { validFrom: "2027-07-15", validTo: null }, 600),
    ];
    expect(shown(startPeriod(rules, summer))).toEqual([
      "1 480  2027-06-30",
      "1 480 2027-07-01 2027-08-31",
      "1 600 2027-09-01 ",
    ]);
  });

  it("twice the same changes nothing more", () => {
    const once = startPeriod([window(1), window(2)], summer);
    expect(shown(startPeriod(once, summer))).toEqual(shown(once));
  });
});

describe("endPeriod", () => {
  it("undoes a period: the halves it had cut are one again", () => {
    const rules = [window(1), window(3)];
    expect(shown(endPeriod(startPeriod(rules, summer), summer))).toEqual(shown(rules));
    const open = { validFrom: "2027-07-01", validTo: null };
    expect(shown(endPeriod(startPeriod(rules, open), open))).toEqual(shown(rules));
  });

  it("lets the week before go on when another one follows", () => {
    const rules = [
      window(1, { validFrom: null, validTo: "2027-06-30" }, 480),
      window(1, summer),
      window(1, { validFrom: "2027-09-01", validTo: null }, 600),
    ];
    expect(shown(endPeriod(rules, summer))).toEqual(["1 480  2027-08-31", "1 600 2027-09-01 "]);
  });

  it("lets the week after begin sooner when there is none before", () => {
    const rules = [
      window(1, { validFrom: null, validTo: "2027-08-31" }),
      window(2, { validFrom: "2027-09-01", validTo: null }),
    ];
    expect(shown(endPeriod(rules, { validFrom: null, validTo: "2027-08-31" }))).toEqual(["2 540  "]);
  });
});

it("shows first the period that counts today", () => {
  const rules = startPeriod([window(1)], summer);
  expect(currentPeriod(rules, "2027-08-31")).toEqual(summer);
  expect(currentPeriod(rules, "2027-09-01")).toEqual({ validFrom: "2027-09-01", validTo: null });
  expect(currentPeriod([window(1, summer)], "2027-01-01")).toEqual(summer);
  expect(currentPeriod([], "2027-01-01")).toEqual(always);
});

it("moves a period: the usual week closes up behind it and makes room before it", () => {
  const summer2 = { validFrom: "2027-07-08", validTo: "2027-09-05" };
  const changed = startPeriod([window(1)], summer).map((rule) =>
    rule.validFrom === summer.validFrom ? { ...rule, startMinute: 480 } : rule,
  );
  expect(shown(movePeriod(changed, summer, summer2))).toEqual([
    "1 480 2027-07-08 2027-09-05",
    "1 540  2027-07-07",
    "1 540 2027-09-06 ",
  ]);
});
