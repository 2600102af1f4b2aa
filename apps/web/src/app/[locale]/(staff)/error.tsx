"use client";

import { TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "../../../components/button.tsx";
import { EmptyPage } from "../../../components/empty-page.tsx";

/** A screen that failed, inside the frame of staff: every other screen is still one click away. */
export default function ErrorPage({ reset }: { error: Error; reset: () => void }) {
  const t = useTranslations("failure");
  return (
    <EmptyPage
      icon={TriangleAlert}
      title={t("title")}
      description={t("description")}
      action={<Button onClick={reset}>{t("retry")}</Button>}
    />
  );
}
