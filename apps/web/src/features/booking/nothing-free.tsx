"use client";

import { CalendarX2 } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { buttonVariants } from "../../components/button.tsx";
import { Skeleton } from "../../components/skeleton.tsx";
import { useLocale, useTranslations } from "../../components/words.tsx";
import { longDate, monthTitle } from "./local-date.ts";
import { Notice } from "./notice.tsx";
import { PhoneLink } from "./phone-link.tsx";

/** A month without a free slot: when there is one, and whom to call. */
export function NothingFree({
  findNext,
  month,
  phone,
  onJump,
}: {
  findNext: (from: string) => Promise<string | null>;
  month: string;
  phone: string | null;
  onJump: (date: string) => void;
}) {
  const t = useTranslations("booking.nothing");
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
            <button type="button" onClick={() => onJump(next)} className={buttonVariants({ size: "large" })}>
              {t("jump")}
            </button>
          )}
          {phone && <PhoneLink phone={phone} />}
        </div>
      </Notice>
    </div>
  );
}
