import { describe, expect, it } from "vitest";
import { createKeyOrder } from "./key-order.ts";

function waiting() {
  let answer: (error?: Error) => void = () => {};
  const promise = new Promise<void>((done, fail) => {
    answer = (error) => (error ? fail(error) : done());
  });
  return { promise, answer };
}

const settled = () => new Promise((done) => setTimeout(done));

describe("the order of keys", () => {
  it("obeys a key at once when nothing is waited for", () => {
    const obeyed: string[] = [];
    const { inOrder } = createKeyOrder();
    inOrder(() => obeyed.push("first"));
    inOrder(() => obeyed.push("second"));
    expect(obeyed).toEqual(["first", "second"]);
  });

  it("keeps those that follow an unanswered one, in their order", async () => {
    const obeyed: string[] = [];
    const { promise, answer } = waiting();
    const { inOrder, isWaiting } = createKeyOrder();
    inOrder(() => promise.then(() => obeyed.push("moved")));
    inOrder(() => obeyed.push("cut"));
    inOrder(() => obeyed.push("arrow"));
    await settled();
    expect(obeyed).toEqual([]);
    expect(isWaiting()).toBe(true);
    answer();
    await settled();
    expect(isWaiting()).toBe(false);
    expect(obeyed).toEqual(["moved", "cut", "arrow"]);
    inOrder(() => obeyed.push("at once again"));
    expect(obeyed).toHaveLength(4);
  });

  it("goes on after one that failed", async () => {
    const obeyed: string[] = [];
    const { promise, answer } = waiting();
    const { inOrder } = createKeyOrder();
    inOrder(() => promise);
    inOrder(() => obeyed.push("next"));
    answer(new Error("refused"));
    await settled();
    expect(obeyed).toEqual(["next"]);
  });
});
