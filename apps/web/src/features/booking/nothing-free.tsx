"use client";

import { BellRing, CalendarX2 } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { buttonVariants } from "../../components/button.tsx";
import { Skeleton } from "../../components/skeleton.tsx";
import { useLocale, useTranslations } from "../../components/words.tsx";
import { longDate, monthOf, monthTitle } from "../time/local-date.ts";
import type { BookingState } from "./booking-state.ts";
import { Notice } from "./notice.tsx";
import { PhoneLink } from "./phone-link.tsx";
import { StateLink } from "./state-link.tsx";

/** A month without a free slot: when there is one, how to hear of one, and whom to call. */
export function NothingFree({
  findNext,
  month,
  phone,
  linkTo,
  onJump,
  onWait,
}: {
  findNext: (from: string) => Promise<string | null>;
  month: string;
  phone: string | null;
  linkTo: (changes: Partial<BookingState>) => string;
  onJump: (date: string) => void;
  /** Opens the waiting list; null where none is kept. */
  onWait: (() => void) | null;
}) {
  const t = useTranslations("booking.nothing");
  const wait = useTranslations("waitlist");
  const locale = useLocale();
  const [next, setNext] = useState<string | null | undefined>(undefined);
  const search = useRef(findNext);
  search.current = findNext;
  useEffect(() => {
    let isOver = false;
    setNext(undefined);
    void search.current(`${month}-01`).then(
      (date) => isOver || setNext(date),
      () => isOver || setNext(null),
    );
    return () => {
      isOver = true;
    };
  }, [month]);
  if (next === undefined) return <Skeleton className="mt-4 h-20" />;
  return (
    <div className="mt-4">
      <Notice
        icon={CalendarX2}
        title={
          next
            ? t("before", { date: longDate(next, locale) })
            : t("ever", { month: monthTitle(month, locale) })
        }
      >
        <div className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-2">
          {next && (
            <StateLink
              href={linkTo({ date: next, month: monthOf(next) })}
              onFollow={() => onJump(next)}
              className={buttonVariants({ size: "large" })}
            >
              {t("jump")}
            </StateLink>
          )}
          {onWait && (
            <StateLink
              data-wait
              href={linkTo({ wait: "1" })}
              onFollow={onWait}
              className={buttonVariants({
                variant: next ? "secondary" : "primary",
                size: "large",
                className: "h-auto min-h-11 shrink whitespace-normal text-balance py-2 text-left",
              })}
            >
              <BellRing aria-hidden />
              {wait("open")}
            </StateLink>
          )}
          {phone && <PhoneLink phone={phone} />}
        </div>
      </Notice>
    </div>
  );
}
