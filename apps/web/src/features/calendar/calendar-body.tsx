"use client";

import { CalendarX, UserPlus } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "../../components/button.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { CalendarSkeleton } from "./calendar-skeleton.tsx";
import { useSwipe } from "./use-swipe.ts";

type CalendarBodyProps = {
  isLoading: boolean;
  isFailed: boolean;
  hasProviders: boolean;
  isEmpty: boolean;
  onRetry: () => void;
  onSwipe: (step: 1 | -1) => void;
  children: ReactNode;
};

/** The grid, or what stands in its place while there is nothing to put in it. */
export function CalendarBody(props: CalendarBodyProps) {
  const { isLoading, isFailed, hasProviders, isEmpty, onRetry, onSwipe, children } = props;
  const swipe = useSwipe(onSwipe);
  const t = useTranslations("calendar");
  const common = useTranslations("common");
  if (isFailed) {
    return (
      <EmptyState
        icon={CalendarX}
        title={t("failed.title")}
        description={t("failed.description")}
        action={<Button onClick={onRetry}>{common("retry")}</Button>}
      />
    );
  }
  if (isLoading) return <CalendarSkeleton label={t("loading")} />;
  if (!hasProviders) {
    return (
      <EmptyState icon={UserPlus} title={t("noProviders.title")} description={t("noProviders.description")} />
    );
  }
  return (
    <div className="relative flex min-h-0 flex-1 flex-col" {...swipe}>
      {children}
      <div role="status" className="pointer-events-none absolute inset-x-0 bottom-6 z-10 flex justify-center">
        {isEmpty && (
          <p className="mx-4 rounded-lg border bg-surface px-4 py-2 text-center text-muted-foreground shadow-float">
            {t("empty.description")}
          </p>
        )}
      </div>
    </div>
  );
}
