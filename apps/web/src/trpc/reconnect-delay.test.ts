import { describe, expect, it } from "vitest";
import { reconnectDelay } from "./reconnect-delay.ts";

function delays() {
  let time = 0;
  const delay = reconnectDelay({ now: () => time, random: () => 0.5 });
  return { delay, pass: (milliseconds: number) => (time += milliseconds) };
}

describe("reconnectDelay", () => {
  it("tries again nearly at once after a good connection", () => {
    const { delay, pass } = delays();
    delay.opened();
    pass(60_000);
    expect(delay.next()).toBe(125);
  });

  it("waits longer and longer while connections are accepted and dropped at once", () => {
    const { delay, pass } = delays();
    const waits = Array.from({ length: 8 }, () => {
      delay.opened();
      pass(5);
      return delay.next();
    });
    expect(waits).toEqual([125, 500, 1_000, 2_000, 4_000, 5_000, 5_000, 5_000]);
  });

  it("starts over once a connection has lasted", () => {
    const { delay, pass } = delays();
    for (let attempt = 0; attempt < 5; attempt++) delay.next();
    delay.opened();
    pass(10_000);
    expect(delay.next()).toBe(125);
  });
});
