"use client";

import { useEffect, useState } from "react";
import { serverNow } from "../booking/guest-client.ts";

/** Whole minutes left until an instant (ISO), by the server's clock; tells once when it has come. */
export function useMinutesLeft(until: string, { now, onOver }: { now: number; onOver: () => void }): number {
  const left = (at: number) => Math.max(0, Math.floor((Date.parse(until) - at) / 60_000));
  const [minutes, setMinutes] = useState(left(now));
  // biome-ignore lint/correctness/useExhaustiveDependencies: counts anew for another offer only
  useEffect(() => {
    let isOver = false;
    const tick = () => {
      setMinutes(left(serverNow()));
      if (isOver || serverNow() < Date.parse(until)) return;
      isOver = true;
      onOver();
    };
    tick();
    const timer = setInterval(tick, 1_000);
    return () => clearInterval(timer);
  }, [until]);
  return minutes;
}
