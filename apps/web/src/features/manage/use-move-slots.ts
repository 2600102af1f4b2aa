"use client";

import { useCallback, useEffect, useState } from "react";
import { guest } from "../booking/guest-client.ts";
import { mergeSlots, type ShownSlot } from "../booking/slot-view.ts";
import type { Period } from "../booking/slots-key.ts";

/** A booking, by its own link or out of the client's portal. */
export type BookingLink = { manageToken: string } | { portalToken: string; appointmentId: string };

/** How often the times are asked for again while they are looked at. */
const freshMs = 15_000;

/** Where a booking could move to in a period; null while unknown. Its own time is not among them. */
export function useMoveSlots({
  link,
  period,
  current,
}: {
  link: BookingLink;
  period: Period;
  current: string;
}) {
  const key = [period.from, period.to, period.timezone].join(" ");
  const [known, setKnown] = useState<Record<string, ShownSlot[]>>({});
  const [failedKey, setFailedKey] = useState<string | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the period, the link never changes
  const reload = useCallback(async () => {
    try {
      const { days } = await guest.query("moveSlots", { ...link, ...period });
      const free = days.flatMap(({ slots }) => slots).filter(({ startsAt }) => startsAt !== current);
      setKnown((all) => {
        const before = all[key];
        const slots = before
          ? mergeSlots(before, free)
          : free.map((slot) => ({ ...slot, state: "free" as const }));
        return { ...all, [key]: slots };
      });
      setFailedKey(null);
    } catch {
      setFailedKey(key);
    }
  }, [key, current]);

  useEffect(() => {
    void reload();
    const again = () => {
      if (document.visibilityState === "visible") void reload();
    };
    const timer = setInterval(again, freshMs);
    document.addEventListener("visibilitychange", again);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", again);
    };
  }, [reload]);

  return { slots: known[key] ?? null, hasFailed: failedKey === key && !known[key], reload };
}
