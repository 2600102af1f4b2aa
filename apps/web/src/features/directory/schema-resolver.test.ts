import { line, maybeLines, version } from "@creneau/api/fields/schema";
import { expect, it } from "vitest";
import { z } from "zod";
import { problemOf } from "./schema-resolver.ts";

const schema = z.object({ name: line(5), note: maybeLines(20), version });
const valid = { name: "Zoé", note: "", version: 1 };

it("names what a person can mend", () => {
  for (const [change, problem] of [
    [{ name: "" }, "required"],
    [{ name: " \u200b " }, "required"],
    [{ name: "toolong" }, "tooLong"],
    [{ name: "a\u000bb" }, "characters"],
    [{ name: "a\nb" }, "characters"],
    [{ name: "a\ud800" }, "characters"],
    [{ note: "a\u0000b" }, "characters"],
    [{ version: 2_147_483_648 }, "tooBig"],
    [{ version: 0.5 }, "number"],
  ] as const) {
    const { error } = schema.safeParse({ ...valid, ...change }, { reportInput: true });
    expect(error?.issues.map(problemOf), JSON.stringify(change)).toEqual([problem]);
  }
  expect(schema.parse({ ...valid, name: " Zoe\u0301 ", note: "a\r\nb" })).toEqual({ ...valid, note: "a\nb" });
});
