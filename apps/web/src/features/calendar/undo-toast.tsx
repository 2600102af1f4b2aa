"use client";

import { BellOff, Check } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Button } from "../../components/button.tsx";

type UndoToastProps = {
  message: string;
  expiresAt: number;
  isQuiet: boolean;
  onUndo: () => void;
  /** Keeps the change and retracts its notice. */
  onQuiet?: () => void;
  onExpire: () => void;
};

function secondsUntil(instant: number): number {
  return Math.max(0, Math.ceil((instant - Date.now()) / 1000));
}

/** "Déplacé à 14:30 · Ne pas prévenir · Annuler (8 s)": counts down and goes away with the possibility itself. */
export function UndoToast({ message, expiresAt, isQuiet, onUndo, onQuiet, onExpire }: UndoToastProps) {
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
    <div className="flex w-full flex-wrap items-center gap-x-3 gap-y-1.5 rounded-lg border bg-surface py-2 pr-2 pl-3 text-foreground text-sm shadow-float sm:w-[356px]">
      <Check aria-hidden className="size-4 shrink-0 text-success" />
      <span className="tabular min-w-40 flex-1">
        {message}
        {isQuiet && <span className="block text-muted-foreground text-xs">{t("notTold")}</span>}
      </span>
      <Button variant="secondary" className="tabular" onClick={onUndo}>
        {t("undo", { seconds })}
      </Button>
      {onQuiet && !isQuiet && (
        <Button variant="ghost" size="small" className="-my-1 ml-4 text-muted-foreground" onClick={onQuiet}>
          <BellOff aria-hidden />
          {t("doNotTell")}
        </Button>
      )}
    </div>
  );
}
