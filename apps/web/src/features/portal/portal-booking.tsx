"use client";

import { MapPin, Phone, Video } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useId, useRef, useState } from "react";
import { Badge } from "../../components/badge.tsx";
import { buttonVariants } from "../../components/button.tsx";
import { joinClasses } from "../../components/join-classes.ts";
import { useLocale, useTranslations } from "../../components/words.tsx";
import { useBookingZone } from "../booking/booking-summary.tsx";
import type { PortalView } from "../booking/guest-client.ts";
import { StateLink } from "../booking/state-link.tsx";
import { prefillDraft } from "../booking/use-draft.ts";
import { CancelBooking, MoveBooking } from "../manage/change-booking.tsx";
import { longDate } from "../time/local-date.ts";
import { wallClock, zoneCity, zoneOffset } from "../time/zone-clock.ts";
import { SharedNotes } from "./shared-notes.tsx";
import { TellGuests } from "./tell-guests.tsx";

const places = { in_person: MapPin, video: Video, phone: Phone } as const;

type Change = "move" | "cancel";

/** The meeting that is being changed, and how. */
export type OpenBooking = { id: string; mode: Change };

interface PortalBookingProps {
  booking: PortalView["bookings"][number];
  portalToken: string;
  /** Who books again. */
  client: PortalView["client"];
  now: number;
  open: OpenBooking | null;
  onEnter: () => void;
  onCancelled: () => void;
  isPast?: boolean;
}

/** One meeting in the portal. */
export function PortalBooking({
  booking,
  portalToken,
  client,
  now,
  open,
  onEnter,
  onCancelled,
  isPast = false,
}: PortalBookingProps) {
  const t = useTranslations("portal");
  const locale = useLocale();
  const router = useRouter();
  const titleId = useId();
  const zone = useBookingZone(booking);
  const may = { move: booking.canMove && !isPast, cancel: booking.canCancel && !isPast };
  const mode = open && open.id === booking.appointmentId && may[open.mode] ? open.mode : "show";
  const [said, setSaid] = useState<"moved" | "unchanged" | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const link = { portalToken, appointmentId: booking.appointmentId };
  const start = wallClock(booking.startsAt, zone);
  const end = wallClock(booking.endsAt, zone);
  const kind = booking.locationKind as keyof typeof places;
  const Place = places[kind];
  const address = [
    booking.site.name,
    booking.site.address,
    [booking.site.postalCode, booking.site.city].filter(Boolean).join(" "),
  ]
    .filter(Boolean)
    .join(", ");
  const again = `/${locale}/book/${encodeURIComponent(booking.username)}?${new URLSearchParams({ site: booking.site.slug, ...(booking.serviceSlug && { service: booking.serviceSlug }) })}`;

  useEffect(() => {
    if (said) heading.current?.focus();
  }, [said]);

  const linkTo = (change: Change) => `?do=${change}&booking=${booking.appointmentId}`;

  function enter(change: Change) {
    history.pushState(null, "", linkTo(change));
    setSaid(null);
    onEnter();
  }

  function close(what: "moved" | "cancelled" | null) {
    history.replaceState(null, "", location.pathname);
    if (what !== "cancelled") setSaid(what ?? "unchanged");
    // It leaves for the meetings that are over: the page, not this card, has to say so.
    if (what === "cancelled") onCancelled();
    if (what) router.refresh();
  }

  return (
    <article
      id={booking.appointmentId}
      aria-labelledby={titleId}
      className="flex scroll-mt-4 flex-col gap-3 rounded-xl border bg-surface p-4"
    >
      <div className="flex flex-wrap items-start justify-between gap-2">
        <div className="min-w-0">
          <h3
            id={titleId}
            ref={heading}
            tabIndex={-1}
            className="rounded font-semibold text-base first-letter:uppercase"
          >
            <time dateTime={booking.startsAt}>
              {t("span", { date: longDate(start.date, locale), from: start.time, to: end.time })}
            </time>
          </h3>
          <p className="text-muted-foreground text-xs">
            {start.date.slice(0, 4)} ·{" "}
            {t("zone", { city: zoneCity(zone), offset: zoneOffset(zone, Date.parse(booking.startsAt)) })}
          </p>
        </div>
        {booking.status === "pending" && <Badge tone="warning">{t("status.pending")}</Badge>}
        {booking.status === "confirmed" && !isPast && <Badge tone="success">{t("status.confirmed")}</Badge>}
        {booking.status === "cancelled" && <Badge>{t("status.cancelled")}</Badge>}
      </div>
      <p
        role="status"
        className={joinClasses(
          "font-medium empty:hidden",
          said === "moved" ? "text-success" : "text-muted-foreground",
        )}
      >
        {said && t(`done.${said}`)}
      </p>
      <p>
        {[booking.serviceName, booking.providerName].filter(Boolean).join(" · ")}
        <span className="mt-0.5 flex items-center gap-2 text-muted-foreground">
          <Place aria-hidden className="size-4 shrink-0" />
          {kind === "in_person" ? address : t(`place.${kind}`)}
        </span>
        {kind !== "in_person" && booking.locationDetail && (
          <span className="block text-muted-foreground">{booking.locationDetail}</span>
        )}
      </p>
      {mode === "move" && (
        <MoveBooking {...{ booking, link, now }} onMoved={() => close("moved")} onLeave={() => close(null)} />
      )}
      {mode === "cancel" && (
        <CancelBooking link={link} onCancelled={() => close("cancelled")} onLeave={() => close(null)} />
      )}
      {booking.heldBackGuests > 0 && booking.status !== "cancelled" && !isPast && (
        <TellGuests count={booking.heldBackGuests} link={link} />
      )}
      {mode === "show" && (
        <div className="flex flex-wrap gap-2">
          {(["move", "cancel"] as const).map(
            (change) =>
              may[change] && (
                <StateLink
                  key={change}
                  className={buttonVariants({ size: "large", variant: "secondary" })}
                  href={linkTo(change)}
                  onFollow={() => enter(change)}
                >
                  {t(`actions.${change}`)}
                </StateLink>
              ),
          )}
          <a
            href={again}
            onClick={() => prefillDraft(booking.username, client)}
            className={buttonVariants({
              variant: "ghost",
              size: "large",
              className: "px-2 underline underline-offset-2",
            })}
          >
            {t("actions.again")}
          </a>
        </div>
      )}
      <SharedNotes
        notes={booking.notes}
        portalToken={portalToken}
        appointmentId={booking.appointmentId}
        zone={zone}
        canWrite={booking.status !== "cancelled"}
      />
    </article>
  );
}
