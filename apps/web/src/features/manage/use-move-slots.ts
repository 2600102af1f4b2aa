"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { guest, type ManageView } from "../booking/guest-client.ts";
import { mergeSlots, type ShownSlot } from "../booking/slot-view.ts";
import type { Period } from "../booking/slots-key.ts";

/** A booking, by its own link or out of the client's portal. */
export type BookingLink = { manageToken: string } | { portalToken: string; appointmentId: string };

/** How often the times are asked for again while they are looked at and the live line is down. */
const freshMs = 15_000;

/**
 * Where a booking could move to in a period; null while unknown. Its own time is not among them. The live line of its
 * provider's slots says when to ask again: what it tells itself knows nothing of the booking, whose own time is free to it.
 */
export function useMoveSlots({
  link,
  period,
  booking,
}: {
  link: BookingLink;
  period: Period;
  booking: Pick<ManageView, "startsAt" | "username" | "serviceSlug" | "providerId" | "site">;
}) {
  const { startsAt: current, username, serviceSlug, providerId, site } = booking;
  const siteSlug = site.slug;
  const key = [period.from, period.to, period.timezone].join(" ");
  const [known, setKnown] = useState<Record<string, ShownSlot[]>>({});
  const [failedKey, setFailedKey] = useState<string | null>(null);

  const asked = useRef(0);
  const shown = useRef(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the period, the link never changes
  const reload = useCallback(async () => {
    const turn = ++asked.current;
    try {
      const { days } = await guest.query("moveSlots", { ...link, ...period });
      // Answers may overtake each other: an older one knows less than what is shown.
      if (turn < shown.current) return;
      shown.current = turn;
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

  const isLive = useRef(false);
  useEffect(() => {
    void reload();
    const again = () => {
      if (document.visibilityState === "visible") void reload();
    };
    const timer = setInterval(() => isLive.current || again(), freshMs);
    document.addEventListener("visibilitychange", again);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", again);
    };
  }, [reload]);

  const { from, to, timezone } = period;
  useEffect(() => {
    if (!serviceSlug) return;
    let stop: (() => void) | undefined;
    let isOver = false;
    void import("../booking/live-slots.ts").then(
      ({ followSlots }) => {
        if (isOver) return;
        const lose = () => {
          isLive.current = false;
        };
        stop = followSlots(
          { username, siteSlug, serviceSlug, providerId, from, to, timezone },
          () => {
            // The first message says that the line is up: what happened before it is asked for once.
            isLive.current = true;
            void reload();
          },
          lose,
        );
      },
      () => undefined,
    );
    return () => {
      isOver = true;
      isLive.current = false;
      stop?.();
    };
  }, [username, siteSlug, serviceSlug, providerId, from, to, timezone, reload]);

  return { slots: known[key] ?? null, hasFailed: failedKey === key && !known[key], reload };
}
