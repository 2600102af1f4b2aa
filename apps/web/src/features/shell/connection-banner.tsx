"use client";

import { CloudOff, WifiOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { toast } from "sonner";
import { useConnectionState } from "../../trpc/connection.ts";
import { useOutage } from "../../trpc/outage.ts";
import { trpc } from "../../trpc/react.ts";

/** A socket that comes back within this time is a blink nobody needs to read about. */
const graceMilliseconds = 1_500;
/** Asked this often whether the service is back, where no screen is waiting for an answer of its own. */
const askAgainMilliseconds = 4_000;

/** Says that the service is away, or that changes of others arrive late, while that is so, and that it is over. */
export function ConnectionBanner() {
  const t = useTranslations("connection");
  const state = useConnectionState();
  const isOut = useOutage();
  const [isLate, setIsLate] = useState(false);
  const shown = isOut ? "unavailable" : isLate ? "lost" : null;
  const told = useRef<typeof shown>(null);
  trpc.session.me.useQuery(undefined, {
    enabled: isOut,
    staleTime: 0,
    refetchInterval: askAgainMilliseconds,
  });

  useEffect(() => {
    if (state !== "lost") setIsLate(false);
    const timer = state === "lost" ? setTimeout(() => setIsLate(true), graceMilliseconds) : undefined;
    return () => clearTimeout(timer);
  }, [state]);

  useEffect(() => {
    if (told.current && !shown && state !== "lost")
      toast.success(t(told.current === "lost" ? "restored" : "available"));
    told.current = shown;
  }, [shown, state, t]);

  const Icon = shown === "unavailable" ? CloudOff : WifiOff;
  return (
    <div role="status">
      {shown && (
        <p className="flex items-center gap-2 border-warning/40 border-b bg-warning/10 px-4 py-2 text-sm">
          <Icon aria-hidden className="size-4 shrink-0 text-warning" />
          {t(shown)}
        </p>
      )}
    </div>
  );
}
