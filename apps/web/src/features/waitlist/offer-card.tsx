"use client";

import type { WaitlistView } from "@creneau/api/waitlist/schema";
import { CalendarCheck, Hourglass } from "lucide-react";
import { KeptButton } from "../../components/kept-form.tsx";
import { useLocale, useTranslations } from "../../components/words.tsx";
import { longDate } from "../time/local-date.ts";
import { wallClock, zoneCity, zoneOffset } from "../time/zone-clock.ts";
import { useMinutesLeft } from "./use-minutes-left.ts";

interface OfferCardProps {
  entry: WaitlistView;
  offer: NonNullable<WaitlistView["offer"]>;
  now: number;
  /** What is being done; null: nothing. */
  sending: "accept" | "decline" | null;
  onAccept: () => void;
  onDecline: () => void;
  onOver: () => void;
}

/** The time that is kept for whoever waits: when, with whom, where, until when, and the two answers. */
export function OfferCard({ entry, offer, now, sending, onAccept, onDecline, onOver }: OfferCardProps) {
  const t = useTranslations("waitlist.entry");
  const booking = useTranslations("booking");
  const locale = useLocale();
  const zone = entry.timezone;
  const minutes = useMinutesLeft(offer.until, { now, onOver });
  const start = wallClock(offer.startsAt, zone);
  const end = wallClock(offer.endsAt, zone);
  const until = wallClock(offer.until, zone);
  return (
    <section
      aria-labelledby="offer-title"
      className="flex flex-col gap-4 rounded-xl border border-accent bg-surface p-4 @md:p-6"
      data-offer
    >
      <h2 id="offer-title" className="flex items-center gap-2 font-medium">
        <CalendarCheck aria-hidden className="size-5 shrink-0 text-accent" />
        {t("offered")}
      </h2>
      <div>
        <time
          dateTime={offer.startsAt}
          className="tabular block text-pretty font-semibold text-2xl tracking-tight"
        >
          <span className="block first-letter:uppercase">{longDate(start.date, locale)}</span>
          <span className="block">
            {start.time} – {end.time}
          </span>
        </time>
        <p className="mt-1 text-muted-foreground text-xs">
          {booking("zone.name", {
            city: zoneCity(zone),
            offset: zoneOffset(zone, Date.parse(offer.startsAt)),
          })}
        </p>
      </div>
      <p>
        {entry.serviceName} {t("offeredWith", { name: offer.providerName })}
        <span className="block text-muted-foreground">
          {[entry.siteName, entry.siteAddress].filter(Boolean).join(", ")}
        </span>
      </p>
      <p className="flex items-start gap-2 rounded-lg bg-muted px-3 py-2">
        <Hourglass aria-hidden className="mt-0.5 size-4 shrink-0" />
        <span className="tabular">
          {until.date === wallClock(now, zone).date
            ? t("until", { time: until.time })
            : t("untilDay", { date: longDate(until.date, locale), time: until.time })}
          {minutes < 120 && (
            <span role="timer" className="text-muted-foreground">
              {" · "}
              {t("left", { minutes })}
            </span>
          )}
        </span>
      </p>
      <div className="flex flex-col gap-2">
        <KeptButton size="large" className="h-12 text-base" isBusy={sending !== null} onPress={onAccept}>
          {sending === "accept" ? t("accepting") : t("accept")}
        </KeptButton>
        <KeptButton size="large" variant="secondary" isBusy={sending !== null} onPress={onDecline}>
          {t("decline")}
        </KeptButton>
      </div>
    </section>
  );
}
