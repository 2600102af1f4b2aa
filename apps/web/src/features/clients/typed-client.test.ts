import { describe, expect, it } from "vitest";
import { typedClient } from "./typed-client.ts";

describe("typedClient", () => {
  it.each([
    ["06 12 34 56 78", "phone"],
    ["+33612345678", "phone"],
    ["ana@example.test", "email"],
    ["ab-123-cd", "reference"],
    ["Ana Lopez", "name"],
    ["2 Roues Service", "name"],
  ] as const)("takes %j for a %s", (text, field) => {
    const typed = typedClient(text);
    const filled = Object.entries(typed).filter(([, value]) => value !== "");
    expect(filled.map(([name]) => name)).toEqual([field]);
  });
});
