"use client";

import { CalendarX2 } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { buttonVariants } from "../../components/button.tsx";
import { Skeleton } from "../../components/skeleton.tsx";
import { guest, type Target } from "./guest-client.ts";
import { longDate, monthTitle } from "./local-date.ts";
import { Notice } from "./notice.tsx";
import { PhoneLink } from "./phone-link.tsx";

/** A month without a free slot: when there is one, and whom to call. */
export function NothingFree({
  target,
  month,
  zone,
  phone,
  onJump,
}: {
  target: Target;
  month: string;
  zone: string;
  phone: string | null;
  onJump: (date: string) => void;
}) {
  const t = useTranslations("booking.nothing");
  const locale = useLocale();
  const [next, setNext] = useState<string | null | undefined>(undefined);
  const question = useRef(target);
  question.current = target;
  useEffect(() => {
    let isOver = false;
    const from = `${month}-01`;
    void guest.booking.firstAvailable.query({ ...question.current, from, timezone: zone, limit: 1 }).then(
      ({ days }) => isOver || setNext(days[0]?.date ?? null),
      () => isOver || setNext(null),
    );
    return () => {
      isOver = true;
    };
  }, [month, zone]);
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
