import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createGesture } from "./gesture.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A gesture that watches a grid, and the pointer events that reach it. */
function watched() {
  const page = new EventTarget();
  const frame = new EventTarget();
  vi.stubGlobal("addEventListener", page.addEventListener.bind(page));
  vi.stubGlobal("removeEventListener", page.removeEventListener.bind(page));
  const gesture = createGesture();
  const seen: string[] = [];
  gesture.follow({ begin: () => seen.push("begin"), end: () => seen.push("end") });
  const stop = gesture.watch(frame as HTMLElement);
  const send = (target: EventTarget, type: string, more: object = {}) =>
    target.dispatchEvent(
      Object.assign(new Event(type), {
        button: 0,
        buttons: 1,
        isPrimary: true,
        pointerType: "mouse",
        ...more,
      }),
    );
  return {
    gesture,
    seen,
    stop,
    press: (more?: object) => send(frame, "pointerdown", more),
    on: (type: string, more?: object) => send(page, type, more),
  };
}

it("a click is in the hand until what the release brings about is done, and no longer", () => {
  const { gesture, seen, press, on } = watched();
  press();
  expect(gesture.isHeld()).toBe(true);
  const run = vi.fn();
  gesture.afterwards(run);
  on("pointerup");
  expect([gesture.isHeld(), run.mock.calls.length]).toEqual([true, 0]);
  vi.advanceTimersByTime(0);
  expect([gesture.isHeld(), run.mock.calls.length]).toEqual([false, 1]);
  expect(seen).toEqual(["begin", "end"]);
  gesture.afterwards(run);
  expect(run).toHaveBeenCalledTimes(2);
});

it("what is carried back takes its time after the release", () => {
  const { gesture, press, on } = watched();
  press();
  gesture.carry();
  on("pointerup");
  vi.advanceTimersByTime(400);
  expect([gesture.isHeld(), gesture.isPressed()]).toEqual([true, false]);
  gesture.putDown();
  vi.advanceTimersByTime(0);
  expect(gesture.isHeld()).toBe(false);
});

it("a drag that is taken back by a key is over once the pointer is up, too", () => {
  const { gesture, press, on } = watched();
  press();
  gesture.carry();
  gesture.putDown();
  vi.advanceTimersByTime(5_000);
  expect(gesture.isHeld()).toBe(true);
  on("pointerup");
  vi.advanceTimersByTime(0);
  expect(gesture.isHeld()).toBe(false);
});

it("the next press before the end of the last is one hold, that ends once", () => {
  const { gesture, seen, press, on } = watched();
  press();
  on("pointerup");
  press();
  vi.advanceTimersByTime(5_000);
  expect(gesture.isHeld()).toBe(true);
  on("pointerup");
  vi.advanceTimersByTime(0);
  expect(seen).toEqual(["begin", "end"]);
});

it.each([
  ["a grid that never says that it has put something down", ["pointerup"]],
  ["a mouse released where nobody heard of it", ["pointermove"]],
])("%s does not stand still for ever", (_what, [type = ""]) => {
  const { gesture, press, on } = watched();
  press();
  gesture.carry();
  on(type, { buttons: 0 });
  vi.advanceTimersByTime(5_000);
  expect(gesture.isHeld()).toBe(false);
});

it("a finger that the browser no longer follows still carries; one that scrolls holds nothing", () => {
  const carrying = watched();
  carrying.press({ pointerType: "touch" });
  carrying.gesture.carry();
  carrying.on("pointercancel");
  vi.advanceTimersByTime(60_000);
  expect(carrying.gesture.isHeld()).toBe(true);
  carrying.gesture.putDown();
  vi.advanceTimersByTime(0);
  expect(carrying.gesture.isHeld()).toBe(false);

  const scrolling = watched();
  scrolling.press({ pointerType: "touch" });
  scrolling.on("pointercancel");
  vi.advanceTimersByTime(0);
  expect(scrolling.gesture.isHeld()).toBe(false);
});

it("other buttons hold nothing, nor does a grid that is gone", () => {
  const { gesture, press, stop } = watched();
  press({ button: 2 });
  press({ ctrlKey: true });
  press({ isPrimary: false });
  expect(gesture.isHeld()).toBe(false);
  press();
  stop();
  vi.advanceTimersByTime(0);
  expect(gesture.isHeld()).toBe(false);
  press();
  expect(gesture.isHeld()).toBe(false);
});
