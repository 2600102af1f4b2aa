"use client";

import { useTranslations } from "next-intl";
import { Button } from "../../components/button.tsx";
import { joinClasses } from "../../components/join-classes.ts";
import { EditNews } from "../directory/edit-news.tsx";
import type { FormNews } from "../directory/use-live-form.ts";

/** Stays in sight while something is not saved. */
export function UnsavedBar({
  news,
  isSaving,
  onUndo,
}: {
  news: FormNews;
  isSaving: boolean;
  onUndo: () => void;
}) {
  const t = useTranslations("organization");
  const staff = useTranslations("staff");
  return (
    <div className="sticky bottom-3 z-10 flex flex-wrap items-center justify-end gap-2 rounded-xl border bg-surface p-3 shadow-float">
      <p
        role="status"
        className={joinClasses(
          "mr-auto flex min-w-0 flex-1 basis-64 items-center gap-2",
          news === "none" && "text-muted-foreground",
        )}
      >
        {news === "none" ? t("unsaved") : <EditNews news={news} />}
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
