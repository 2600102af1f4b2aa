"use client";

import { useTranslations } from "next-intl";
import { Button } from "../../components/button.tsx";

/** Stays in sight while something is not saved. */
export function UnsavedBar({ isSaving, onUndo }: { isSaving: boolean; onUndo: () => void }) {
  const t = useTranslations("organization");
  const staff = useTranslations("staff");
  return (
    <div className="sticky bottom-3 z-10 flex flex-wrap items-center justify-end gap-2 rounded-xl border bg-surface p-3 shadow-float">
      <p role="status" className="mr-auto text-muted-foreground">
        {t("unsaved")}
      </p>
      <Button variant="secondary" className="max-sm:h-11" disabled={isSaving} onClick={onUndo}>
        {t("undoChanges")}
      </Button>
      <Button type="submit" className="max-sm:h-11" disabled={isSaving}>
        {isSaving ? staff("saving") : staff("save")}
      </Button>
    </div>
  );
}
