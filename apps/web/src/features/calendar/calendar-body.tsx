"use client";

import { CalendarX, UserPlus } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "../../components/button.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { CalendarSkeleton } from "./calendar-skeleton.tsx";
import { useSwipe } from "./use-swipe.ts";

// Most calendars are never empty.
const Checklist = dynamic(() => import("../checklist/checklist.tsx").then((module) => module.Checklist), {
  ssr: false,
});

type CalendarBodyProps = {
  isLoading: boolean;
  isFailed: boolean;
  hasProviders: boolean;
  isEmpty: boolean;
  /** The line broke before the shown period came. */
  isMissing: boolean;
  onRetry: () => void;
  onSwipe: (step: 1 | -1) => void;
  children: ReactNode;
};

/** The grid, or what stands in its place while there is nothing to put in it. */
export function CalendarBody(props: CalendarBodyProps) {
  const { isLoading, isFailed, hasProviders, isEmpty, isMissing, onRetry, onSwipe, children } = props;
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
      <div className="min-h-0 flex-1 overflow-y-auto p-4">
        <EmptyState
          icon={UserPlus}
          title={t("noProviders.title")}
          description={t("noProviders.description")}
        />
        <div className="mx-auto max-w-3xl">
          <Checklist />
        </div>
      </div>
    );
  }
  return (
    <div className="relative flex min-h-0 flex-1 flex-col" {...swipe}>
      {children}
      <div className="pointer-events-none absolute inset-x-4 bottom-6 z-10 flex flex-col items-center gap-3">
        {isEmpty && !isMissing && (
          <div className="pointer-events-auto w-full max-w-3xl">
            <Checklist />
          </div>
        )}
        <p
          role="status"
          className={
            isEmpty || isMissing
              ? "rounded-lg border bg-surface px-4 py-2 text-center text-muted-foreground shadow-float"
              : "sr-only"
          }
        >
          {isMissing ? t("missing") : isEmpty && t("empty.description")}
        </p>
      </div>
    </div>
  );
}
