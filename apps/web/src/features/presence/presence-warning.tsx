"use client";

import { UsersRound } from "lucide-react";
import { useTranslations } from "next-intl";
import { usePresence } from "./use-presence.ts";

/** Warns that somebody else has the same appointment open. */
export function PresenceWarning({ appointmentId }: { appointmentId: string }) {
  const t = useTranslations("calendar");
  const others = usePresence(appointmentId);
  return (
    <div role="status" className={others.length > 0 ? undefined : "sr-only"}>
      {others.length > 0 && (
        <p className="flex items-start gap-2 rounded-md border border-warning/40 bg-warning/10 px-3 py-2">
          <UsersRound aria-hidden className="mt-0.5 size-4 shrink-0 text-warning" />
          {t("presence", { count: others.length, names: others.map(({ name }) => name).join(", ") })}
        </p>
      )}
    </div>
  );
}
