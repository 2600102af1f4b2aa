import { createSubjectInput } from "@creneau/api/directory/clients-schema";
import { describe, expect, it } from "vitest";
import { subjectFields, subjectInputOf, subjectValuesOf } from "./subject-fields.ts";

describe("the form of a subject", () => {
  it.each(Object.keys(subjectFields) as (keyof typeof subjectFields)[])(
    "asks of a %s only what the server keeps",
    (kind) => {
      const filled = { ...subjectValuesOf(null, kind), reference: "A-1" };
      for (const { key, as } of subjectFields[kind]) {
        filled[key] =
          as === "text"
            ? "12345678901234567"
            : as === "date"
              ? "2020-02-29"
              : key === "builtIn"
                ? "1990"
                : "12";
      }
      const input = createSubjectInput.parse(subjectInputOf(filled));
      expect(Object.keys(input.attributes ?? {}).toSorted()).toEqual(
        subjectFields[kind].map(({ key }) => key).toSorted(),
      );
    },
  );

  it("keeps what it does not ask, and takes away what was emptied", () => {
    const subject = {
      kind: "vehicle" as const,
      reference: "AB123CD",
      label: null,
      attributes: { fuel: "diesel", mileage: 120_000, colour: "red" },
    };
    const values = subjectValuesOf(subject, "file");
    expect(values).toMatchObject({ kind: "vehicle", fuel: "diesel", mileage: "120000" });
    const input = subjectInputOf({ ...values, fuel: " ", mileage: "121 000" }, subject.attributes);
    expect(input.attributes).toEqual({ mileage: 121_000, colour: "red" });
  });

  it("keeps prices in cents and refuses what is no number", () => {
    const values = { ...subjectValuesOf(null, "transaction"), reference: "T", priceCents: "350000,50" };
    expect(subjectInputOf(values).attributes).toEqual({ priceCents: 35_000_050 });
    expect(createSubjectInput.safeParse(subjectInputOf({ ...values, rooms: "many" })).success).toBe(false);
  });
});
