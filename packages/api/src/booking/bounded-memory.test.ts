import { expect, it } from "vitest";
import { BoundedMemory } from "./bounded-memory.ts";

it("keeps the newest entries within its budget, whatever each weighs", () => {
  const memory = new BoundedMemory<string>({ weigh: ({ length }) => length, budget: 10 });
  memory.set("a", "1234").set("b", "1234");
  expect([...memory.keys()]).toEqual(["a", "b"]);
  // Set anew it is the newest, and weighs once.
  memory.set("a", "12").set("c", "1234");
  expect([...memory.keys()]).toEqual(["b", "a", "c"]);
  memory.set("d", "1");
  expect([...memory.keys()]).toEqual(["a", "c", "d"]);
  memory.delete("c");
  memory.set("e", "1234567");
  expect([...memory.keys()]).toEqual(["a", "d", "e"]);
  // One that is too heavy for the budget is kept alone: whoever has just read it will look for it.
  memory.set("f", "123456789012");
  expect([...memory.keys()]).toEqual(["f"]);
});
