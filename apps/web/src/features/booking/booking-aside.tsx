import { CalendarDays, Clock, Coins, MapPin, Phone, UserRound, Video } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Avatar } from "../../components/avatar.tsx";
import { classNames } from "../../components/class-names.ts";
import type { PageView } from "./guest-client.ts";
import { longDate } from "./local-date.ts";
import { price } from "./price.ts";
import type { Service, Site } from "./start.ts";
import { wallClock } from "./zone-clock.ts";

interface BookingAsideProps {
  page: PageView;
  site: Site | null;
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

const places = { in_person: MapPin, video: Video, phone: Phone } as const;

function Line({ icon: Icon, isWhen, children }: { icon: typeof Clock; isWhen?: true; children: ReactNode }) {
  return (
    <li className="flex gap-2.5" data-when={isWhen}>
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-muted-foreground" />
      <span className="min-w-0">{children}</span>
    </li>
  );
}

/** With whom, for what, where and when: what the visitor has settled so far. */
export function BookingAside({
  page,
  site,
  service,
  providerName,
  startsAt,
  zone,
  isShort = false,
  children,
}: BookingAsideProps) {
  const t = useTranslations("booking");
  const locale = useLocale();
  const name = page.provider?.name ?? page.organization.name;
  const kind = (service?.locationKind ?? "in_person") as keyof typeof places;
  const when = startsAt && zone ? wallClock(startsAt, zone) : null;
  const address =
    site && [site.address, [site.postalCode, site.city].filter(Boolean).join(" ")].filter(Boolean).join(", ");
  return (
    <header className="flex flex-col gap-4">
      <div className="flex items-center gap-3">
        <Avatar name={name} className="size-12 bg-accent/12 text-base" />
        <div className="min-w-0">
          <h1 className="text-balance font-semibold text-xl leading-tight tracking-tight">{name}</h1>
          <p className="text-muted-foreground">
            {page.provider
              ? [page.provider.title, page.organization.name].filter(Boolean).join(" · ")
              : t("online")}
          </p>
        </div>
      </div>
      {service && site && (
        <div className="flex flex-col gap-2">
          <p className="font-semibold text-base">{service.name}</p>
          {service.description && !startsAt && !isShort && (
            <p className="text-muted-foreground">{service.description}</p>
          )}
          <ul
            className={classNames(
              "flex flex-col gap-1.5",
              isShort && "@max-2xl:[&>li:not([data-when])]:hidden",
            )}
          >
            {when && (
              <Line icon={CalendarDays} isWhen>
                <strong className="block font-semibold first-letter:uppercase">
                  {t("first.when", { date: longDate(when.date, locale), time: when.time })}
                </strong>
              </Line>
            )}
            <Line icon={Clock}>{t("minutes", { count: service.durationMinutes })}</Line>
            <Line icon={places[kind]}>
              {kind === "in_person" ? (
                <>
                  {site.name}
                  {address && <span className="block text-muted-foreground">{address}</span>}
                </>
              ) : (
                t(`place.${kind}`)
              )}
            </Line>
            {service.priceCents !== null && (
              <Line icon={Coins}>{price(service.priceCents, { currency: service.currency, locale })}</Line>
            )}
            {providerName && page.kind === "organization" && (
              <Line icon={UserRound}>{t("with", { name: providerName })}</Line>
            )}
          </ul>
        </div>
      )}
      {children}
    </header>
  );
}
