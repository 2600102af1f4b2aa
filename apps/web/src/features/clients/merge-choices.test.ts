import { describe, expect, it } from "vitest";
import { type ComparedClient, differs, shownFields, sourceOf } from "./merge-choices.ts";

const record = (id: string, fields: Partial<ComparedClient>): ComparedClient => ({
  id,
  kind: "individual",
  name: id,
  email: null,
  phone: null,
  locale: "fr",
  timezone: "Europe/Paris",
  company: null,
  siret: null,
  hasNotes: false,
  archivedAt: null,
  mergedIntoId: null,
  createdAt: "2026-01-01T00:00:00.000Z",
  aliases: [],
  appointments: 0,
  subjects: 0,
  notes: 0,
  lastAt: null,
  nextAt: null,
  latestNotes: [],
  ...fields,
});

describe("what a merge asks", () => {
  const records = [
    record("young", { createdAt: "2026-06-01T00:00:00.000Z", email: "young@exemple.fr" }),
    record("old", { createdAt: "2024-01-01T00:00:00.000Z", email: "old@exemple.fr", phone: "+33600000000" }),
    record("empty", { createdAt: "2025-01-01T00:00:00.000Z" }),
  ];

  it("shows what any record has, and asks where they differ", () => {
    expect(shownFields(records)).toEqual(["name", "email", "phone"]);
    expect(shownFields(records).filter((field) => differs(records, field))).toEqual(["name", "email"]);
  });

  it.each([
    ["of the record kept", { field: "email", keepId: "young", choices: {} }, "young"],
    ["of the record chosen", { field: "email", keepId: "young", choices: { email: "old" } }, "old"],
    ["of the oldest that has it", { field: "email", keepId: "empty", choices: {} }, "old"],
    [
      "of who has it, although another was chosen",
      { field: "phone", keepId: "young", choices: { phone: "empty" } },
      "old",
    ],
    ["of nobody", { field: "company", keepId: "young", choices: {} }, undefined],
  ] as const)("takes a field %s", (_, question, source) => expect(sourceOf(records, question)).toBe(source));
});
