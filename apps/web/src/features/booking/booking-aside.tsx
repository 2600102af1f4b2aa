import type { ReactNode } from "react";
import { joinClasses } from "../../components/join-classes.ts";
import { CalendarDays, Clock, Coins, UserRound } from "../../components/signs.tsx";
import { useLocale, useTranslations } from "../../components/words.tsx";
import { longDate } from "../time/local-date.ts";
import { wallClock } from "../time/zone-clock.ts";
import { AsideLine } from "./aside-line.tsx";
import { price } from "./price.ts";
import type { Service } from "./start.ts";

interface BookingAsideProps {
  /** Whose page it is, and where: drawn on the server. */
  heading: ReactNode;
  place: ReactNode;
  isOrganization: boolean;
  service: Service | null;
  /** Whom they will see, once it is known. */
  providerName: string | null;
  /** The start chosen. */
  startsAt: string | null;
  zone: string | null;
  /** On a phone, say the settled things in one line: the choice at hand needs the room. */
  isShort?: boolean;
  /** Links to choose again, the zone. */
  children?: ReactNode;
}

/** With whom, for what, where and when: what the visitor has settled so far. */
export function BookingAside({
  heading,
  place,
  isOrganization,
  service,
  providerName,
  startsAt,
  zone,
  isShort = false,
  children,
}: BookingAsideProps) {
  const t = useTranslations("booking");
  const locale = useLocale();
  const when = startsAt && zone ? wallClock(startsAt, zone) : null;
  return (
    <header className="flex flex-col gap-4">
      {heading}
      {service && (
        <div className="flex flex-col gap-2">
          <p className="font-semibold text-base">{service.name}</p>
          {service.description && !startsAt && !isShort && (
            <p className="text-muted-foreground">{service.description}</p>
          )}
          <ul
            className={joinClasses(
              "flex flex-col gap-1.5",
              isShort && "@max-2xl:[&>li:not([data-when])]:hidden",
            )}
          >
            {when && (
              <AsideLine icon={CalendarDays} isWhen>
                <strong className="block font-semibold first-letter:uppercase">
                  {t("first.when", { date: longDate(when.date, locale), time: when.time })}
                </strong>
              </AsideLine>
            )}
            <AsideLine icon={Clock}>{t("minutes", { count: service.durationMinutes })}</AsideLine>
            {place}
            {service.priceCents !== null && (
              <AsideLine icon={Coins}>
                {price(service.priceCents, { currency: service.currency, locale })}
              </AsideLine>
            )}
            {providerName && isOrganization && (
              <AsideLine icon={UserRound}>{t("with", { name: providerName })}</AsideLine>
            )}
          </ul>
        </div>
      )}
      {children}
    </header>
  );
}
