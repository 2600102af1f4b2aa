"use client";

import { useLocale, useTranslations } from "next-intl";
import { Badge } from "../../components/badge.tsx";
import { Link } from "../../i18n/navigation.ts";
import { clockTime, dayAndTime, localDate } from "../time/format-time.ts";
import type { Entry } from "./entry.ts";

const tones = { waiting: "neutral", offered: "warning", booked: "success", ended: "neutral" } as const;

/** How far a wish has come, in words; what is on offer leads to the appointment that is kept for it. */
export function EntryState({ entry }: { entry: Entry }) {
  const t = useTranslations("waitlistStaff");
  const locale = useLocale();
  const { offer, state, timezone: zone } = entry;
  const until = offer?.until && {
    isSameDay:
      localDate({ instant: offer.until, zone }) === localDate({ instant: new Date().toISOString(), zone }),
    time: clockTime({ instant: offer.until, zone }),
    date: dayAndTime({ instant: offer.until, zone, locale }),
  };
  return (
    <div className="flex flex-col items-start gap-1">
      <Badge tone={tones[state]}>{t(`state.${state}`)}</Badge>
      {offer && (
        <p className="tabular text-xs">
          <Link
            href={`/dashboard/appointments/${offer.appointmentId}`}
            className="whitespace-nowrap rounded font-medium underline-offset-2 hover:underline max-sm:py-3.5 max-sm:underline"
          >
            <time dateTime={offer.startsAt}>{dayAndTime({ instant: offer.startsAt, zone, locale })}</time>
          </Link>
          {state === "offered" && until && (
            <span className="block whitespace-nowrap text-muted-foreground">
              {until.isSameDay
                ? t("offerUntil", { time: until.time })
                : t("offerUntilDay", { date: until.date })}
            </span>
          )}
        </p>
      )}
      {entry.offers > 1 && (
        <p className="text-muted-foreground text-xs">{t("offers", { count: entry.offers })}</p>
      )}
    </div>
  );
}
