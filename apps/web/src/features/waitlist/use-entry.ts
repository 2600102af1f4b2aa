"use client";

import type { WaitlistView } from "@creneau/api/waitlist/schema";
import { useCallback, useEffect, useRef, useState } from "react";
import { waitlist } from "./waitlist-client.ts";

/** How often a page that is looked at asks what has become of the wish. */
const freshMs = 30_000;

/** An entry as the server last told it: asked for again while it may still change, and when somebody comes back to it. */
export function useEntry(initial: WaitlistView, waitlistToken: string) {
  const [view, setView] = useState(initial);
  const asked = useRef(0);
  const isOver = view.state === "booked" || view.state === "ended";

  /** What an answer to something the person did says is newer than every look that is under way. */
  const show = useCallback((next: WaitlistView) => {
    asked.current += 1;
    setView(next);
  }, []);

  const reload = useCallback(async () => {
    const turn = ++asked.current;
    try {
      const next = await waitlist.entry({ waitlistToken });
      if (turn === asked.current) setView(next);
    } catch {
      // What is shown stays; the next look is near.
    }
  }, [waitlistToken]);

  useEffect(() => {
    if (isOver) return;
    const again = () => {
      if (document.visibilityState === "visible") void reload();
    };
    const timer = setInterval(again, freshMs);
    document.addEventListener("visibilitychange", again);
    addEventListener("focus", again);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", again);
      removeEventListener("focus", again);
    };
  }, [isOver, reload]);

  return { view, show, reload };
}
