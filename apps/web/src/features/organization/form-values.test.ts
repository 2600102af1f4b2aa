import { updateOrganizationInput } from "@creneau/api/directory/schema";
import { describe, expect, it } from "vitest";
import { inputOf, type Organization, valuesOf } from "./form-values.ts";

const organization: Organization = {
  id: "0190aaaa-0000-7000-8000-000000000001",
  slug: "cabinet",
  name: "Cabinet",
  preset: "medical",
  timezone: "Europe/Paris",
  locale: "fr",
  accent: "#0f766e",
  phone: null,
  slotMinutes: 15,
  holdMinutes: 10,
  undoSeconds: 8,
  cancelCutoffMinutes: 120,
  calendarPolicy: "open",
};

describe("the organization's form", () => {
  it.each([
    [0, "0", "hours"],
    [45, "45", "minutes"],
    [120, "2", "hours"],
    [2880, "2", "days"],
    [1500, "25", "hours"],
  ])("tells %i minutes as %s %s and gives them back", (cancelCutoffMinutes, cutoff, cutoffUnit) => {
    const values = valuesOf({ ...organization, cancelCutoffMinutes });
    expect(values).toMatchObject({ cutoff, cutoffUnit });
    expect(inputOf(values).cancelCutoffMinutes).toBe(cancelCutoffMinutes);
  });

  it("sends what the server takes, and nothing of a field left empty", () => {
    const values = valuesOf(organization);
    expect(updateOrganizationInput.parse(inputOf(values))).toMatchObject({ phone: null, slotMinutes: 15 });
    const refused = updateOrganizationInput.safeParse(inputOf({ ...values, holdMinutes: "", cutoff: "" }));
    expect(refused.error?.issues.map(({ path }) => path.join("."))).toEqual([
      "holdMinutes",
      "cancelCutoffMinutes",
    ]);
  });
});
