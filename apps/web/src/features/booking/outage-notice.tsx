"use client";

import { useSyncExternalStore } from "react";
import { useTranslations } from "../../components/words.tsx";
import { outage } from "./guest-client.ts";

/** Says that the service is away, for as long as it is, wherever on the page the visitor is. */
export function OutageNotice() {
  const t = useTranslations("booking.frame");
  const isOut = useSyncExternalStore(outage.subscribe, outage.isOn, () => false);
  return (
    <div role="status" className="sticky top-0 z-20">
      {isOut && (
        <p className="mb-4 rounded-xl border border-warning/40 bg-surface px-4 py-3 font-medium shadow-sm">
          {t("unavailable")}
        </p>
      )}
    </div>
  );
}
