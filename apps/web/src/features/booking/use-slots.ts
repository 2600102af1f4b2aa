"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { guest, type SlotAnswer, type Target } from "./guest-client.ts";
import { type KnownSlots, mergeSlots, type ShownSlot, type Slot } from "./slot-view.ts";
import { type Period, slotsKey } from "./slots-key.ts";

const flat = (answer: Pick<SlotAnswer, "days">): Slot[] => answer.days.flatMap(({ slots }) => slots);
const asFree = (slots: readonly Slot[]) => slots.map((slot): ShownSlot => ({ ...slot, state: "free" }));

/**
 * The slots of a period: as the server rendered them, asked for when it did not, then live. Null while unknown.
 * `ownStart` is the visitor's own hold: it is never shown as taken to the one who took it.
 */
export function useSlots({
  target,
  period,
  initial,
  ownStart,
}: {
  target: Target;
  period: Period;
  initial: { key: string; answer: SlotAnswer } | null;
  ownStart: string | null;
}): { slots: ShownSlot[] | null; hasFailed: boolean; reload: () => Promise<ShownSlot[] | null> } {
  const key = slotsKey(target, period);
  const [known, setKnown] = useState<Record<string, KnownSlots>>(() =>
    initial
      ? { [initial.key]: { version: initial.answer.version, slots: asFree(flat(initial.answer)) } }
      : {},
  );
  const [failedKey, setFailedKey] = useState<string | null>(null);
  const question = useRef({ target, period });
  question.current = { target, period };

  const reload = useCallback(async () => {
    try {
      const answer = await guest.query("slots", {
        ...question.current.target,
        ...question.current.period,
      });
      const free = flat(answer);
      let slots: ShownSlot[] = asFree(free);
      setKnown((all) => {
        const before = all[key];
        slots = before ? mergeSlots(before.slots, free) : asFree(free);
        return { ...all, [key]: { version: answer.version, slots } };
      });
      setFailedKey(null);
      return slots;
    } catch {
      setFailedKey(key);
      return null;
    }
  }, [key]);

  const current = known[key];
  const isKnown = current !== undefined;
  useEffect(() => {
    if (!isKnown) void reload();
  }, [isKnown, reload]);

  const version = useRef("");
  version.current = current?.version ?? "";
  useEffect(() => {
    if (!isKnown) return;
    let stop: (() => void) | undefined;
    let isOver = false;
    void import("./live-slots.ts").then(({ followSlots, withChange }) => {
      if (isOver) return;
      stop = followSlots(
        { ...question.current.target, ...question.current.period, version: version.current },
        (change) => {
          if (change.type === "reload") void reload();
          if (change.type !== "changed") return;
          setKnown((all) => {
            const before = all[key];
            return before ? { ...all, [key]: withChange(before, change) } : all;
          });
        },
      );
    });
    return () => {
      isOver = true;
      stop?.();
    };
  }, [isKnown, key, reload]);

  // A phone that slept, or a page out of the browser's memory, may have missed more than the line will tell.
  useEffect(() => {
    const onShow = () => {
      if (document.visibilityState === "visible") void reload();
    };
    document.addEventListener("visibilitychange", onShow);
    return () => document.removeEventListener("visibilitychange", onShow);
  }, [reload]);

  const slots = current?.slots.map((slot) =>
    slot.startsAt === ownStart && slot.state === "taken" ? { ...slot, state: "free" as const } : slot,
  );
  return { slots: slots ?? null, hasFailed: failedKey === key && !isKnown, reload };
}
