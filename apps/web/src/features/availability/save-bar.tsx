"use client";

import { TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent } from "react";
import { Button } from "../../components/button.tsx";

type SaveBarProps = {
  problemCount: number;
  /** Somebody else has saved these hours since the edit began. */
  hasMoved: boolean;
  isSaving: boolean;
  onSave: () => void;
  onDiscard: () => void;
};

/** Says that an edit is not saved yet, and stays in view with the ways out. Ctrl+S saves. */
export function SaveBar({ problemCount, hasMoved, isSaving, onSave, onDiscard }: SaveBarProps) {
  const t = useTranslations("availability.save");
  const staff = useTranslations("staff");
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    event.preventDefault();
    if (!isSaving) onSave();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => press(event);
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);

  const sentence = hasMoved
    ? t("moved")
    : problemCount > 0
      ? t("problems", { count: problemCount })
      : t("unsaved");
  const isWarning = hasMoved || problemCount > 0;
  return (
    <div className="sticky bottom-3 z-10 mt-3 flex flex-wrap items-center justify-between gap-2 rounded-lg border bg-surface px-3 py-2 shadow-float">
      <p role="status" className="flex items-center gap-2 font-medium">
        {isWarning ? (
          <TriangleAlert aria-hidden className="size-4 shrink-0 text-warning" />
        ) : (
          <span aria-hidden className="size-2 shrink-0 rounded-full bg-accent" />
        )}
        {sentence}
      </p>
      <div className="ml-auto flex gap-2">
        <Button variant="secondary" className="h-11 sm:h-8" disabled={isSaving} onClick={onDiscard}>
          {hasMoved ? t("takeTheirs") : t("discard")}
        </Button>
        <Button className="h-11 sm:h-8" disabled={isSaving} onClick={onSave}>
          {isSaving ? staff("saving") : hasMoved ? t("keepMine") : staff("save")}
        </Button>
      </div>
    </div>
  );
}
