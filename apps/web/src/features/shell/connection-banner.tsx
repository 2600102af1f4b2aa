"use client";

import { WifiOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { toast } from "sonner";
import { useConnectionState } from "../../trpc/connection.ts";

/** A socket that comes back within this time is a blink nobody needs to read about. */
const graceMilliseconds = 1_500;

/** Says that changes of others arrive late, while that is so, and that it is over. */
export function ConnectionBanner() {
  const t = useTranslations("connection");
  const state = useConnectionState();
  const [isShown, setIsShown] = useState(false);
  const wasShown = useRef(false);

  useEffect(() => {
    if (state !== "lost") setIsShown(false);
    const timer = state === "lost" ? setTimeout(() => setIsShown(true), graceMilliseconds) : undefined;
    return () => clearTimeout(timer);
  }, [state]);

  useEffect(() => {
    if (wasShown.current && !isShown && state === "open") toast.success(t("restored"));
    wasShown.current = isShown;
  }, [isShown, state, t]);

  return (
    <div role="status">
      {isShown && (
        <p className="flex items-center gap-2 border-warning/40 border-b bg-warning/10 px-4 py-2 text-sm">
          <WifiOff aria-hidden className="size-4 shrink-0 text-warning" />
          {t("lost")}
        </p>
      )}
    </div>
  );
}
