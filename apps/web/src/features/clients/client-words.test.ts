import { describe, expect, it } from "vitest";
import { aliasText, matchedAlias } from "./client-words.ts";

const client = {
  name: "Marie Durand",
  phone: "+33611000001",
  email: "marie@exemple.fr",
  aliases: [
    { kind: "name" as const, value: "Marie Lefèvre" },
    { kind: "email" as const, value: "m.lefevre@travail.fr" },
    { kind: "phone" as const, value: "+33622000001" },
  ],
};

describe("the alias that a search has found", () => {
  it.each([
    ["lefevre", "Marie Lefèvre"],
    ["marie LEFÈ", "Marie Lefèvre"],
    ["travail", "m.lefevre@travail.fr"],
    ["06 22 00", "06\u00a022\u00a000\u00a000\u00a001"],
    ["+33 6 22 00 00 01", "06\u00a022\u00a000\u00a000\u00a001"],
  ])("%s", (search, found) => expect(matchedAlias(client, search)).toBe(found));

  it.each(["", "marie", "durand", "marie@exemple", "06 11 00 00 01", "AB-123-CD"])(
    "none is told for %j",
    (search) => expect(matchedAlias(client, search)).toBeNull(),
  );
});

it("a number is read as it is dialled", () => {
  expect(aliasText({ kind: "phone", value: "+33622000001" })).toBe("06\u00a022\u00a000\u00a000\u00a001");
  expect(aliasText({ kind: "name", value: "+33" })).toBe("+33");
});
