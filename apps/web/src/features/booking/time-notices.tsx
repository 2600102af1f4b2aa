"use client";

import { CircleAlert } from "lucide-react";
import { buttonVariants } from "../../components/button.tsx";
import { useTranslations } from "../../components/words.tsx";
import { Alternatives } from "./alternatives.tsx";
import { Notice } from "./notice.tsx";
import type { Slot } from "./slot-view.ts";

/** Why a start could not be taken, with what is free instead. */
export interface Lost {
  message: string;
  alternatives: readonly Slot[];
}

interface TimeNoticeProps {
  lost: Lost | null;
  /** Asks again for slots that did not come; null: they did. */
  onRetry: (() => void) | null;
  zone: string;
  onChoose: (startsAt: string) => void;
}

/** What went wrong while a time was looked for; loaded a moment after the page, for it seldom does. */
export function TimeNotice({ lost, onRetry, zone, onChoose }: TimeNoticeProps) {
  const t = useTranslations("booking");
  return (
    <>
      {lost && (
        <Notice tone="warning" icon={CircleAlert} title={lost.message} isAlert isAnswer>
          <Alternatives
            slots={lost.alternatives}
            zone={zone}
            label={t("slots.nearest")}
            onChoose={onChoose}
          />
        </Notice>
      )}
      {onRetry && (
        <Notice tone="danger" icon={CircleAlert} title={t("slots.failed")} isAlert>
          <button
            type="button"
            onClick={onRetry}
            className={buttonVariants({ variant: "secondary", size: "large", className: "mt-3" })}
          >
            {t("retry")}
          </button>
        </Notice>
      )}
    </>
  );
}
