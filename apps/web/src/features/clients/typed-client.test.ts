import { describe, expect, it } from "vitest";
import { newClientProblems, typedClient } from "./typed-client.ts";

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

describe("newClientProblems", () => {
  const client = { kind: "new", name: "", phone: "06 12", email: "" } as const;

  it("tells a phone the server refused, until it is changed", () => {
    expect(newClientProblems(client)).toEqual({});
    expect(newClientProblems({ ...client, refusedPhone: "06 12" })).toEqual({ phone: "phone" });
    expect(newClientProblems({ ...client, phone: "06 12 34 56 78", refusedPhone: "06 12" })).toEqual({});
  });

  it("tells all that is wrong at once", () => {
    const problems = newClientProblems({ ...client, email: "ana@", refusedPhone: "06 12" });
    expect(problems).toEqual({ phone: "phone", email: "email" });
  });
});
