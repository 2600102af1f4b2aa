import { describe, expect, it } from "vitest";
import { mergeSlots, type ShownSlot } from "./slot-view.ts";

const at = (hour: number) => ({
  startsAt: `2026-12-01T${String(hour).padStart(2, "0")}:00:00.000Z`,
  endsAt: `2026-12-01T${String(hour).padStart(2, "0")}:30:00.000Z`,
});
const free = (hour: number): ShownSlot => ({ ...at(hour), state: "free" });
const states = (slots: readonly ShownSlot[]) =>
  slots.map(({ startsAt, state }) => `${startsAt.slice(11, 13)} ${state}`);

describe("slots on screen", () => {
  it("keep a taken one in its place, faded, and mark one that came free", () => {
    const shown = mergeSlots([free(9), free(10)], [at(10), at(11)]);
    expect(states(shown)).toEqual(["09 taken", "10 free", "11 freed"]);
    expect(states(mergeSlots(shown, [at(9), at(10), at(11)]))).toEqual(["09 freed", "10 free", "11 freed"]);
  });

  it("show a slot once, though an answer and the live line both tell of it", () => {
    expect(states(mergeSlots([free(9)], [at(9), at(10), at(10)]))).toEqual(["09 free", "10 freed"]);
  });
});
