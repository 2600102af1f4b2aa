"use client";

import { useEffect, useRef } from "react";
import { setConnectionState, useConnectionState } from "../../trpc/connection.ts";
import { trpc } from "../../trpc/react.ts";

/** Changes that come closer together than this cost one refresh. */
const gatherMilliseconds = 150;

/**
 * Reads the lists on screen again when anybody changes an appointment. While the live line is down, `refetchInterval`
 * tells the lists how often to ask instead.
 */
export function useLiveRefresh({ providerIds }: { providerIds?: string[] } = {}) {
  const utils = trpc.useUtils();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const subscription = trpc.appointments.onChange.useSubscription(
    { providerIds },
    {
      onData: () => {
        clearTimeout(timer.current);
        timer.current = setTimeout(() => void utils.appointments.invalidate(), gatherMilliseconds);
      },
    },
  );
  const { status, error } = subscription;
  useEffect(() => {
    if (status === "pending") setConnectionState("open");
    else if (status === "error" || (status === "connecting" && error)) setConnectionState("lost");
  }, [status, error]);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      setConnectionState("idle");
    },
    [],
  );
  const isLost = useConnectionState() === "lost";
  return { refetchInterval: isLost ? 10_000 : (false as const) };
}
