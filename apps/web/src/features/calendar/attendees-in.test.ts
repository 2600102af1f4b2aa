import { expect, it } from "vitest";
import { attendeesIn } from "./attendees-in.ts";

it("reads names, addresses and both", () => {
  expect(attendeesIn("Léa Roux <lea@exemple.fr>, max@exemple.fr ; Zoé,, ")).toEqual([
    { name: "Léa Roux", email: "lea@exemple.fr" },
    { name: "max@exemple.fr", email: "max@exemple.fr" },
    { name: "Zoé" },
  ]);
});
