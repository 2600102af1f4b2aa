"use client";

import { useEffect, useRef } from "react";
import { KeptButton } from "../../components/kept-form.tsx";
import { useTranslations } from "../../components/words.tsx";

interface LeaveListProps {
  hasOffer: boolean;
  isSending: boolean;
  onLeave: () => void;
  onStay: () => void;
}

/** Asks before somebody leaves the list: opening a link never does. */
export function LeaveList({ hasOffer, isSending, onLeave, onStay }: LeaveListProps) {
  const t = useTranslations("waitlist.leave");
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section aria-labelledby="leave-title" className="flex flex-col gap-4 rounded-xl border bg-surface p-4">
      <h2 id="leave-title" ref={heading} tabIndex={-1} className="rounded font-semibold text-lg">
        {t("question")}
      </h2>
      <p className="text-muted-foreground">{hasOffer ? t("leadOffered") : t("lead")}</p>
      <div className="flex flex-wrap gap-2">
        <KeptButton size="large" variant="danger" isBusy={isSending} onPress={onLeave}>
          {isSending ? t("leaving") : t("confirm")}
        </KeptButton>
        <KeptButton size="large" variant="secondary" isBusy={isSending} onPress={onStay}>
          {t("stay")}
        </KeptButton>
      </div>
    </section>
  );
}
