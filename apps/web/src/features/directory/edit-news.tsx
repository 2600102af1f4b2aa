"use client";

import { TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import type { FormNews } from "./use-live-form.ts";

/** Says that somebody else has saved what is being edited, and what became of it. */
export function EditNews({ news }: { news: Exclude<FormNews, "none"> }) {
  const t = useTranslations("staff.news");
  return (
    <>
      <TriangleAlert aria-hidden className="size-4 shrink-0 text-warning" />
      <span className="min-w-0">{t(news)}</span>
    </>
  );
}
