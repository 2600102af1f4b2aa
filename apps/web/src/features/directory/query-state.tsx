"use client";

import { CloudOff, Lock } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "../../components/button.tsx";
import { EmptyPage } from "../../components/empty-page.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { Skeleton } from "../../components/skeleton.tsx";
import { useViewer } from "../viewer/viewer.tsx";

/** Rows that are on their way. */
export function RowsSkeleton({ rows = 6 }: { rows?: number }) {
  const t = useTranslations("staff");
  const keys = Array.from({ length: rows }, (_, row) => row);
  return (
    <div role="status" aria-busy="true" aria-label={t("loading")} className="flex flex-col gap-2">
      {keys.map((row) => (
        <Skeleton key={row} className="h-14 w-full rounded-lg" />
      ))}
    </div>
  );
}

/** A list that could not be read: says what is lost (nothing) and tries again. */
export function LoadFailure({ onRetry }: { onRetry: () => void }) {
  const t = useTranslations("staff");
  const common = useTranslations("common");
  return (
    <EmptyState
      icon={CloudOff}
      title={t("failed.title")}
      description={t("failed.description")}
      action={<Button onClick={onRetry}>{common("retry")}</Button>}
    />
  );
}

/** In place of a page that the person's role does not open. */
export function NotAllowed() {
  const t = useTranslations("staff");
  const { role } = useViewer();
  return (
    <EmptyPage
      icon={Lock}
      title={t("notAllowed.title")}
      description={t("notAllowed.description", { role: t(`roles.${role}`) })}
    />
  );
}

/** A part of a page that could not be read, in one line. */
export function RetryLine({ onRetry }: { onRetry: () => void }) {
  const t = useTranslations("staff");
  const common = useTranslations("common");
  return (
    <p role="alert" className="flex flex-wrap items-center justify-between gap-2 text-muted-foreground">
      {t("failed.part")}
      <Button variant="secondary" size="small" onClick={onRetry}>
        {common("retry")}
      </Button>
    </p>
  );
}
