import { expect, test } from "vitest";
import { sayGreeting, sayText } from "./say-text.ts";

test("texts are said in the reader's language, with plurals", () => {
  expect(sayText("fr", "invitation.closing", { days: 1 })).toContain("pendant 1 jour.");
  expect(sayText("fr", "invitation.closing", { days: 7 })).toContain("pendant 7 jours.");
  expect(sayText("en", "signInLink.lead", { minutes: 15 })).toContain("within 15 minutes.");
  expect(sayText("en", "signInLink.lead", { minutes: 1 })).toContain("within 1 minute.");
});

test("values are taken as they are, whatever they look like", () => {
  for (const name of ["{name}", "<b>Léa</b>", "it's #1", "$&", "none"])
    expect(sayGreeting("fr", name)).toBe(`Bonjour ${name},`);
  expect(sayGreeting("fr", "")).toBe("Bonjour,");
});
