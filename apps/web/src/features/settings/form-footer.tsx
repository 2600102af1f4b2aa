"use client";

import { useTranslations } from "next-intl";
import { Button } from "../../components/button.tsx";
import { joinClasses } from "../../components/join-classes.ts";
import { EditNews } from "../directory/edit-news.tsx";
import type { FormNews } from "../directory/use-live-form.ts";

type FormFooterProps = {
  isNew: boolean;
  isDirty: boolean;
  isSaving: boolean;
  /** What somebody else has saved since the edit began. */
  news: FormNews;
  /** A field is refused: said beside the button as well, for the field may be out of sight. */
  hasErrors: boolean;
  submitLabel?: string;
  onDiscard: () => void;
};

/** Stays in view under a form: whether anything is unsaved, and the ways out. */
export function FormFooter({
  isNew,
  isDirty,
  isSaving,
  news,
  hasErrors,
  submitLabel,
  onDiscard,
}: FormFooterProps) {
  const t = useTranslations("settings.form");
  const common = useTranslations("common");
  const staff = useTranslations("staff");
  if (!isNew && !isDirty && !isSaving) return null;
  return (
    <div className="sticky bottom-0 z-10 flex flex-wrap items-center justify-between gap-2 rounded-lg border bg-surface px-3 py-2 shadow-float">
      <p
        role="status"
        className={joinClasses(
          "flex min-w-0 flex-1 basis-64 items-center gap-2",
          hasErrors ? "text-danger" : news === "none" && "text-muted-foreground",
        )}
      >
        {hasErrors ? t("hasErrors") : news !== "none" ? <EditNews news={news} /> : isDirty && t("unsaved")}
      </p>
      <div className="ml-auto flex gap-2">
        <Button variant="ghost" className="max-sm:h-11" disabled={isSaving} onClick={onDiscard}>
          {isNew ? common("cancel") : news === "conflict" ? t("takeTheirs") : t("discard")}
        </Button>
        <Button type="submit" className="max-sm:h-11" disabled={isSaving}>
          {isSaving ? staff("saving") : news === "conflict" ? t("saveMine") : (submitLabel ?? staff("save"))}
        </Button>
      </div>
    </div>
  );
}
