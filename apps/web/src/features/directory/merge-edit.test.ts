import { describe, expect, it } from "vitest";
import { mergeEdit } from "./merge-edit.ts";

const base = { name: "Lyon", city: "Lyon", skills: ["VL"] };

describe("mergeEdit", () => {
  it("takes over what was not edited", () => {
    const theirs = { ...base, city: "Villeurbanne", skills: ["VL", "PL"] };
    expect(mergeEdit({ base, mine: { ...base, name: "Lyon Est" }, theirs })).toEqual({
      values: { name: "Lyon Est", city: "Villeurbanne", skills: ["VL", "PL"] },
      own: ["name"],
      conflicts: [],
    });
  });

  it("keeps what was edited by both, and tells of it", () => {
    const mine = { ...base, skills: ["VL", "moto"] };
    const theirs = { ...base, skills: ["PL"] };
    expect(mergeEdit({ base, mine, theirs })).toEqual({
      values: mine,
      own: ["skills"],
      conflicts: ["skills"],
    });
  });

  it("has nothing of its own left where both changed to the same", () => {
    const both = { ...base, name: "Lyon Part-Dieu" };
    expect(mergeEdit({ base, mine: both, theirs: both })).toEqual({ values: both, own: [], conflicts: [] });
  });

  it("is what is stored where nothing was edited", () => {
    const theirs = { ...base, name: "Lyon Sud" };
    expect(mergeEdit({ base, mine: base, theirs })).toEqual({ values: theirs, own: [], conflicts: [] });
  });
});
