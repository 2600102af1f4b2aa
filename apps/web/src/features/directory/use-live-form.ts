"use client";

import { useEffect, useEffectEvent, useRef, useState } from "react";
import type { FieldValues, Path, UseFormReturn } from "react-hook-form";
import { mergeEdit } from "./merge-edit.ts";

/** What somebody else's save has done to an open edit: nothing, other fields have changed, or the same ones. */
export type FormNews = "none" | "taken" | "conflict";

type LiveForm<Values extends FieldValues> = {
  form: UseFormReturn<Values>;
  /** The values as stored now, equal for as long as nobody saves; null for what is not there yet. */
  stored: Values | null;
  isSaving: boolean;
};

/**
 * Brings an open form up to what is stored whenever that changes: fields that were not edited show the new value, edited
 * ones keep what was typed. Answers what is to be said of it for as long as the edit lasts.
 */
export function useLiveForm<Values extends FieldValues>({
  form,
  stored,
  isSaving,
}: LiveForm<Values>): FormNews {
  const { isDirty, defaultValues } = form.formState;
  const [news, setNews] = useState<FormNews>("none");
  const text = JSON.stringify(stored);
  const seen = useRef(text);

  const bringUp = useEffectEvent((current: string) => {
    if (!stored || seen.current === current) return;
    seen.current = current;
    const base = defaultValues as Values;
    // One's own save: the form holds it already.
    if (JSON.stringify(base) === current) return;
    const { values, own, conflicts } = mergeEdit({ base, mine: form.getValues(), theirs: stored });
    form.reset(stored, {
      keepErrors: true,
      keepIsSubmitted: true,
      keepSubmitCount: true,
      keepFieldsRef: true,
    });
    for (const name of own) form.setValue(name as Path<Values>, values[name], { shouldDirty: true });
    if (own.length > 0) setNews(conflicts.length > 0 ? "conflict" : "taken");
  });
  // While a save is under way its own result may come by the other road, and is no news.
  useEffect(() => {
    if (!isSaving) bringUp(text);
  }, [text, isSaving]);
  useEffect(() => {
    if (!isDirty) setNews("none");
  }, [isDirty]);
  return isDirty ? news : "none";
}
