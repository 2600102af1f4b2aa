"use client";

import { useTranslations } from "next-intl";
import { Button } from "../../components/button.tsx";

/** Loaded with every page, so as little as says it. */
export default function ErrorPage({ reset }: { error: Error; reset: () => void }) {
  const t = useTranslations("failure");
  return (
    <main className="mx-auto flex min-h-dvh max-w-sm flex-col items-center justify-center gap-2 p-6 text-center">
      <h1 className="font-semibold text-base">{t("title")}</h1>
      <p className="mb-3 text-balance text-muted-foreground">{t("description")}</p>
      <Button onClick={reset}>{t("retry")}</Button>
    </main>
  );
}
