import { describe, expect, it } from "vitest";
import { matchCommand } from "./match-command.ts";

describe("matchCommand", () => {
  it.each([
    ["regl", ["Réglages"], 1],
    ["RÉGL", ["Réglages"], 1],
    ["rendez nou", ["Nouveau rendez-vous"], 0.5],
    ["", ["Clients"], 1],
    ["page", ["Clients"], 0],
    ["lients", ["Clients"], 0],
  ])("answers %j with %j: %d", (typed, keywords, score) => {
    expect(matchCommand("page-clients", typed, keywords)).toBe(score);
  });
});
