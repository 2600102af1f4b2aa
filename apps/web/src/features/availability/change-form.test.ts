import { describe, expect, it } from "vitest";
import { changeOfItem, changeResolver, newChange, toException, toTimeOff } from "./change-form.ts";
import { exceptionItems, timeOffItem } from "./dated-items.ts";

const providerId = "0192f0c1-0000-7000-8000-000000000001";
const siteId = "0192f0c1-0000-7000-8000-000000000002";
const target = { providerId, siteId, zone: "Europe/Paris" };
const base = newChange({ kind: "closed", from: "2027-03-27", until: "2027-03-28", windows: [] });

async function errorsOf(values: Partial<typeof base>, at = target) {
  const options = { fields: {}, shouldUseNativeValidation: false };
  const { errors } = await changeResolver(at)({ ...base, ...values }, undefined, options);
  return Object.fromEntries(Object.entries(errors).map(([field, error]) => [field, error?.message]));
}

describe("what is sent", () => {
  it("closes dates at the site, or in every site of the provider", () => {
    expect(toException(base, target)).toMatchObject({ providerId, siteId, windows: [], date: "2027-03-27" });
    expect(toException({ ...base, isEverySite: true }, target)).not.toHaveProperty("siteId");
    // A site is never every site.
    expect(toException({ ...base, isEverySite: true }, { ...target, providerId: null })).toMatchObject({
      siteId,
    });
  });

  it("takes whole days out from midnight to midnight, 47 hours over a spring change", () => {
    expect(toTimeOff({ ...base, kind: "timeOff" }, target)).toMatchObject({
      providerId,
      startsAt: "2027-03-26T23:00:00.000Z",
      endsAt: "2027-03-28T22:00:00.000Z",
    });
  });

  it("takes hours out on the wall clock of the site", () => {
    const hours = { ...base, kind: "timeOff" as const, isWholeDay: false, until: "2027-03-27" };
    expect(toTimeOff(hours, { ...target, zone: "Asia/Kathmandu" })).toMatchObject({
      startsAt: "2027-03-27T03:15:00.000Z",
      endsAt: "2027-03-27T06:15:00.000Z",
    });
  });

  it("comes back to the form as it was sent", () => {
    const sent = toTimeOff({ ...base, kind: "timeOff" }, target);
    const stored = { id: "t", providerId, siteId: null, roomId: null, ...sent, reason: "Congés" };
    const back = changeOfItem(timeOffItem(stored, { zone: target.zone, owner: "own" }));
    expect(toTimeOff(back, target)).toEqual({ ...sent, reason: "Congés" });
    const windows = [{ startMinute: 600, endMinute: 660 }];
    const [item] = exceptionItems(
      [{ id: "e", providerId, siteId: null, date: "2027-03-27", windows, reason: null }],
      "own",
    );
    if (!item) throw new Error("no item");
    expect(toException(changeOfItem(item), target)).toEqual({
      providerId,
      date: "2027-03-27",
      until: "2027-03-27",
      windows,
      reason: "",
    });
  });
});

describe("what is refused, and at which field", () => {
  it("nothing of a right one", async () => {
    for (const kind of ["closed", "hours", "timeOff"] as const) expect(await errorsOf({ kind })).toEqual({});
  });

  it("dates missing, out of order, or more than a year apart", async () => {
    expect(await errorsOf({ date: "" })).toEqual({ date: "date" });
    expect(await errorsOf({ until: "2027-03-26" })).toEqual({ until: "order" });
    expect(Object.keys(await errorsOf({ until: "2029-03-26" }))).toEqual(["until"]);
    expect(Object.keys(await errorsOf({ kind: "timeOff", until: "2030-03-26" }))).toEqual(["until"]);
  });

  it("hours missing or out of order", async () => {
    const hours = { kind: "timeOff" as const, isWholeDay: false, until: base.date };
    expect(await errorsOf({ ...hours, startMinute: null })).toEqual({ startMinute: "time" });
    expect(await errorsOf({ ...hours, startMinute: 720 })).toEqual({ endMinute: "order" });
    expect(await errorsOf({ ...hours, until: "2027-03-28", startMinute: 1200, endMinute: 60 })).toEqual({});
    expect(await errorsOf({ kind: "hours", windows: [] })).toEqual({ windows: "invalid" });
  });

  it("a reason of more than 300 signs", async () => {
    expect(await errorsOf({ reason: "x".repeat(301) })).toEqual({ reason: "tooLong" });
  });
});
