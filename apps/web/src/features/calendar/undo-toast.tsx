"use client";

import { Check } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Button } from "../../components/button.tsx";

type UndoToastProps = { message: string; expiresAt: number; onUndo: () => void; onExpire: () => void };

function secondsUntil(instant: number): number {
  return Math.max(0, Math.ceil((instant - Date.now()) / 1000));
}

/** "Déplacé à 14:30 · Annuler (8 s)": counts down and goes away with the possibility itself. */
export function UndoToast({ message, expiresAt, onUndo, onExpire }: UndoToastProps) {
  const t = useTranslations("calendar");
  const [seconds, setSeconds] = useState(() => secondsUntil(expiresAt));
  useEffect(() => {
    const timer = setInterval(() => {
      setSeconds(secondsUntil(expiresAt));
      if (Date.now() >= expiresAt) onExpire();
    }, 250);
    return () => clearInterval(timer);
  }, [expiresAt, onExpire]);
  return (
    <div className="flex w-full items-center gap-3 rounded-lg border bg-surface py-2 pr-2 pl-3 text-foreground text-sm shadow-float sm:w-[356px]">
      <Check aria-hidden className="size-4 shrink-0 text-success" />
      <span className="tabular min-w-0 flex-1">{message}</span>
      <Button variant="secondary" className="tabular" onClick={onUndo}>
        {t("undo", { seconds })}
      </Button>
    </div>
  );
}
