"use client";

import { runtimeZone } from "@creneau/domain/time/date-format";
import { type ReactNode, useSyncExternalStore } from "react";
import { useLocale, useTranslations } from "../../components/words.tsx";
import { longDate } from "../time/local-date.ts";
import { wallClock, zoneCity, zoneOffset } from "../time/zone-clock.ts";
import type { ManageView } from "./guest-client.ts";
import { PhoneLink } from "./phone-link.tsx";
import { price } from "./price.ts";

type Summed = Omit<ManageView, "calendar">;

/** The zone a booking is told in: that of the place in person, else the visitor's, once it is known. */
export function useBookingZone({
  locationKind,
  timezone,
  client,
}: Pick<Summed, "locationKind" | "timezone" | "client">): string {
  const own = useSyncExternalStore(
    () => () => undefined,
    runtimeZone,
    () => null,
  );
  return locationKind === "in_person" ? timezone : (own ?? client?.timezone ?? timezone);
}

function Line({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid gap-x-4 py-2.5 @md:grid-cols-[7rem_minmax(0,1fr)]">
      <dt className="text-muted-foreground">{label}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  );
}

/** A booking, in full. */
export function BookingSummary({ booking }: { booking: Summed }) {
  const t = useTranslations("booking");
  const locale = useLocale();
  const zone = useBookingZone(booking);
  const start = wallClock(booking.startsAt, zone);
  const end = wallClock(booking.endsAt, zone);
  const { site, organization } = booking;
  const address = [site.address, [site.postalCode, site.city].filter(Boolean).join(" ")]
    .filter(Boolean)
    .join(", ");
  const phone = site.phone ?? organization.phone;
  const kind = booking.locationKind as "in_person" | "video" | "phone";
  return (
    <dl className="divide-y rounded-xl border bg-surface px-4 py-1.5">
      <Line label={t("summary.when")}>
        <time dateTime={booking.startsAt} className="block font-semibold first-letter:uppercase">
          {t("summary.span", { date: longDate(start.date, locale), from: start.time, to: end.time })}
        </time>
        <span className="text-muted-foreground text-xs">
          {t("zone.name", { city: zoneCity(zone), offset: zoneOffset(zone, Date.parse(booking.startsAt)) })}
        </span>
      </Line>
      {booking.serviceName && <Line label={t("summary.what")}>{booking.serviceName}</Line>}
      <Line label={t("summary.who")}>
        {booking.providerName}
        {booking.providerName !== organization.name && (
          <span className="block text-muted-foreground">{organization.name}</span>
        )}
      </Line>
      <Line label={t("summary.where")}>
        {kind === "in_person" ? (
          <>
            {site.name}
            {address && <span className="block text-muted-foreground">{address}</span>}
          </>
        ) : (
          (booking.locationDetail ?? t(`place.${kind}`))
        )}
      </Line>
      {booking.priceCents !== null && (
        <Line label={t("summary.price")}>
          {price(booking.priceCents, { currency: booking.currency, locale })}
        </Line>
      )}
      {phone && (
        <Line label={t("summary.phone")}>
          <span className="-my-3 block">
            <PhoneLink phone={phone} />
          </span>
        </Line>
      )}
    </dl>
  );
}
