import { createServiceInput } from "@creneau/api/directory/schema";
import { describe, expect, test } from "vitest";
import { newOverride, overrideInput, overrideProblem, overrideValues } from "./override-values.ts";
import { noticeOf, serviceInput, serviceValues } from "./service-values.ts";

test.each([
  [0, "0", "minutes"],
  [45, "45", "minutes"],
  [120, "2", "hours"],
  [90, "90", "minutes"],
  [2880, "2", "days"],
])("a notice of %d minutes is %s %s", (minutes, notice, noticeUnit) => {
  expect(noticeOf(minutes)).toEqual({ notice, noticeUnit });
  const values = { ...serviceValues(null, "fr"), name: "X", ...noticeOf(minutes) };
  expect(createServiceInput.parse(serviceInput(values)).minNoticeMinutes).toBe(minutes);
});

test("a form that lacks its duration, or has half a price, is refused where it was typed", () => {
  const values = { ...serviceValues(null, "fr"), name: "Bilan", durationMinutes: "", price: "12,3,4" };
  const refused = createServiceInput.safeParse(serviceInput(values), { reportInput: true });
  expect(refused.error?.issues.map(({ path }) => path.join("."))).toEqual(["priceCents", "durationMinutes"]);
});

test("a room is asked for only where people meet", () => {
  const values = { ...serviceValues(null, "fr"), name: "Appel", needsRoom: true };
  expect(serviceInput({ ...values, locationKind: "phone" }).needsRoom).toBe(false);
  expect(serviceInput({ ...values, locationKind: "in_person" }).needsRoom).toBe(true);
});

describe("lines of a matrix", () => {
  const stored = { when: { fuel: "diesel", seats: 9 }, durationMinutes: 60, priceCents: null };

  test("are the same whenever they are read, or a form would take them for somebody's change", () => {
    const read = () => overrideValues(stored, { place: 1, locale: "fr" });
    expect(read()).toEqual(read());
    expect(read().key).not.toBe(overrideValues(stored, { place: 0, locale: "fr" }).key);
  });

  test("come back as they went, a number as its text", () => {
    expect(overrideInput(overrideValues(stored, { place: 0, locale: "fr" }))).toEqual({
      when: { fuel: "diesel", seats: "9" },
      durationMinutes: 60,
      priceCents: null,
    });
    const cheaper = { when: { fuel: "gpl" }, priceCents: 7550 };
    expect(overrideInput(overrideValues(cheaper, { place: 0, locale: "fr" }))).toEqual(cheaper);
  });

  test.each([
    [{}, "conditions"],
    [{ conditions: [{ key: "a", attribute: "fuel", value: "" }], price: "80" }, "conditions"],
    [{ conditions: [{ key: "a", attribute: "fuel", value: "gpl" }] }, "nothing"],
    [{ conditions: [{ key: "a", attribute: "fuel", value: "gpl" }], price: "beaucoup" }, "price"],
    [
      { conditions: [{ key: "a", attribute: "fuel", value: "gpl" }], durationMinutes: "0" },
      "durationMinutes",
    ],
    [{ conditions: [{ key: "a", attribute: "fuel", value: "gpl" }], price: "80" }, undefined],
  ])("%j has the problem %s", (part, problem) => {
    expect(overrideProblem({ ...newOverride(), ...part })).toBe(problem);
  });
});
