"use client";

import { useTranslations } from "next-intl";
import { Button } from "../../components/button.tsx";
import { EmptyState } from "../../components/empty-state.tsx";

export default function ErrorPage({ reset }: { error: Error; reset: () => void }) {
  const t = useTranslations("failure");
  return (
    <main className="grid min-h-dvh place-items-center p-6">
      <EmptyState
        isPage
        title={t("title")}
        description={t("description")}
        action={<Button onClick={reset}>{t("retry")}</Button>}
      />
    </main>
  );
}
