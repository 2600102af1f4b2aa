import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Hurry, waitUnlessHurried } from "./reconnect-wait.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A wait, and whether it is over. */
function waiting(milliseconds: number) {
  let hurried = () => {};
  const stopped = vi.fn();
  const hurry: Hurry = (callback) => {
    hurried = callback;
    return stopped;
  };
  const state = { isOver: false };
  const over = waitUnlessHurried(milliseconds, hurry).then(() => {
    state.isOver = true;
  });
  return { state, over, stopped, hurry: () => hurried() };
}

describe("waitUnlessHurried", () => {
  it("lasts its time when nothing happens", async () => {
    const { state, stopped } = waiting(5_000);
    await vi.advanceTimersByTimeAsync(4_999);
    expect(state.isOver).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(state.isOver).toBe(true);
    expect(stopped).toHaveBeenCalledOnce();
  });

  it("ends at once when hurried", async () => {
    const { over, stopped, hurry } = waiting(5_000);
    hurry();
    await over;
    expect(stopped).toHaveBeenCalledOnce();
    expect(vi.getTimerCount()).toBe(0);
  });

  it("does not begin for nothing", async () => {
    const { over, stopped } = waiting(0);
    await over;
    expect(stopped).not.toHaveBeenCalled();
  });
});
