"use client";

import { useEffect } from "react";
import { lazyPart } from "../../components/lazy-part.tsx";
import { Skeleton } from "../../components/skeleton.tsx";

const loadMove = () => import("./move-booking.tsx").then((part) => part.MoveBooking);
const loadCancel = () => import("./cancel-booking.tsx").then((part) => part.CancelBooking);

/** Loaded by who asks for it, or a moment after the page that offers it. */
export const MoveBooking = lazyPart(loadMove, <Skeleton className="h-96" />);
export const CancelBooking = lazyPart(loadCancel, <Skeleton className="h-60" />);

const restMs = 1_500;

/** Has both at hand before they are asked for, without standing in the way of the first paint. */
export function useChangesAhead(): void {
  useEffect(() => {
    const load = () => void Promise.all([loadMove(), loadCancel()]).catch(() => undefined);
    const timer = setTimeout(load, restMs);
    return () => clearTimeout(timer);
  }, []);
}
