import { expect, it } from "vitest";
import english from "../../messages/en.json" with { type: "json" };
import french from "../../messages/fr.json" with { type: "json" };
import { liveSentences } from "./live-sentences.ts";

const told = Object.entries(liveSentences).flatMap(([type, key]) => (key ? [{ type, key }] : []));

it("a hold says nothing but its ghost, from being taken to being gone", () => {
  for (const type of ["appointment.held", "appointment.hold_extended", "appointment.released"] as const)
    expect(liveSentences[type]).toBeNull();
});

it("no two kinds of change are told in the same words, in either language", () => {
  for (const { calendar } of [french, english]) {
    const sentences = told.map(({ key }) => calendar[key]);
    expect(sentences.every(Boolean)).toBe(true);
    expect(new Set(sentences).size).toBe(told.length);
  }
});
