"use client";

import { useSearchParams } from "next/navigation";
import { useCallback, useMemo } from "react";
import { type BookingState, readState, withState } from "./booking-state.ts";

/** What the address says, how to change it without asking the server for a page, and the link that says the same. */
export function useBookingState() {
  const query = useSearchParams();
  const state = useMemo(() => readState(new URLSearchParams(query)), [query]);
  const change = useCallback((changes: Partial<BookingState>, way: "push" | "replace" = "push") => {
    const next = withState(new URLSearchParams(location.search), changes);
    const address = `${location.pathname}${next}`;
    if (way === "push") history.pushState(null, "", address);
    else history.replaceState(null, "", address);
  }, []);
  const linkTo = (changes: Partial<BookingState>) => withState(new URLSearchParams(query), changes) || "?";
  return { state, change, linkTo };
}
