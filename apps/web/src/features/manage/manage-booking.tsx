"use client";

import { CalendarPlus, CircleCheck, UserPlus } from "lucide-react";
import { useRouter, useSearchParams } from "next/navigation";
import { useState } from "react";
import { buttonVariants } from "../../components/button.tsx";
import { useLocale, useTranslations } from "../../components/words.tsx";
import { BookingSummary, useBookingZone } from "../booking/booking-summary.tsx";
import type { ManageView } from "../booking/guest-client.ts";
import { Notice } from "../booking/notice.tsx";
import { PhoneLink } from "../booking/phone-link.tsx";
import { StateLink } from "../booking/state-link.tsx";
import { longDate } from "../time/local-date.ts";
import { wallClock } from "../time/zone-clock.ts";
import { BookingStateNotice } from "./booking-state-notice.tsx";
import { CancelBooking, MoveBooking, useChangesAhead } from "./change-booking.tsx";

interface ManageBookingProps {
  booking: ManageView;
  manageToken: string;
  now: number;
}

/** A client's booking: what it is, and, while it may still change, how to move or cancel it. Looking changes nothing. */
export function ManageBooking({ booking, manageToken, now }: ManageBookingProps) {
  const t = useTranslations("manage");
  const locale = useLocale();
  const router = useRouter();
  const asked = useSearchParams().get("do");
  const zone = useBookingZone(booking);
  useChangesAhead();
  const [said, setSaid] = useState<"moved" | "cancelled" | "unchanged" | null>(null);
  const link = { manageToken };
  const mode =
    asked === "move" && booking.canMove
      ? "move"
      : asked === "cancel" && booking.canCancel
        ? "cancel"
        : "show";
  const until = wallClock(booking.changeUntil, zone);
  const isOver = Date.parse(booking.startsAt) <= now || booking.status === "cancelled";
  const phone = booking.site.phone ?? booking.organization.phone;

  function go(next: "move" | "cancel") {
    setSaid(null);
    history.pushState(null, "", `?do=${next}`);
  }

  function done(what: "moved" | "cancelled" | "unchanged") {
    history.replaceState(null, "", location.pathname);
    setSaid(what);
    if (what !== "unchanged") router.refresh();
  }

  return (
    <div className="mx-auto flex w-full max-w-3xl flex-col gap-5">
      <header>
        <h1 tabIndex={-1} className="rounded font-semibold text-2xl tracking-tight">
          {t("title")}
        </h1>
        <p className="text-muted-foreground">{booking.organization.name}</p>
      </header>
      <div role="status" className="empty:hidden">
        {said && (
          <Notice
            isAnswer
            tone={said === "unchanged" ? "neutral" : "success"}
            icon={CircleCheck}
            title={t(`done.${said}`)}
          />
        )}
      </div>
      {mode === "move" && (
        <MoveBooking
          booking={booking}
          link={link}
          now={now}
          onMoved={() => done("moved")}
          onLeave={() => done("unchanged")}
        />
      )}
      {mode === "cancel" && (
        <>
          <BookingSummary booking={booking} />
          <CancelBooking
            link={link}
            onCancelled={() => done("cancelled")}
            onLeave={() => done("unchanged")}
          />
        </>
      )}
      {mode === "show" && (
        <>
          {(!said || (booking.status === "pending" && said !== "cancelled")) && (
            <BookingStateNotice booking={booking} now={now} />
          )}
          <BookingSummary booking={booking} />
          {booking.heldBackGuests > 0 && booking.client?.hasEmail && !isOver && (
            <Notice icon={UserPlus} title={t("guests", { count: booking.heldBackGuests })} />
          )}
          {(booking.canMove || booking.canCancel) && (
            <div className="flex flex-col gap-2">
              <div className="grid gap-2 @md:grid-cols-2">
                {booking.canMove && (
                  <StateLink
                    className={buttonVariants({ size: "large" })}
                    href="?do=move"
                    onFollow={() => go("move")}
                  >
                    {t("actions.move")}
                  </StateLink>
                )}
                {booking.canCancel && (
                  <StateLink
                    className={buttonVariants({ size: "large", variant: "secondary" })}
                    href="?do=cancel"
                    onFollow={() => go("cancel")}
                  >
                    {t("actions.cancel")}
                  </StateLink>
                )}
              </div>
              <p className="text-muted-foreground text-xs">
                {t("until", { date: longDate(until.date, locale), time: until.time })}
              </p>
            </div>
          )}
          {!isOver && !booking.canMove && !booking.canCancel && (
            <Notice title={t("tooLate")}>{phone && <PhoneLink phone={phone} />}</Notice>
          )}
          {!isOver && (
            <section aria-labelledby="add-title" className="flex flex-col gap-2">
              <h2 id="add-title" className="font-semibold">
                {t("actions.add")}
              </h2>
              <div className="grid gap-2 @md:grid-cols-3">
                <a
                  href={new URL(booking.calendar.ics).pathname}
                  download
                  className={buttonVariants({ variant: "secondary", size: "large" })}
                >
                  <CalendarPlus aria-hidden />
                  {t("actions.ics")}
                </a>
                <a
                  href={booking.calendar.google}
                  target="_blank"
                  rel="noopener noreferrer"
                  className={buttonVariants({ variant: "secondary", size: "large" })}
                >
                  Google
                </a>
                <a
                  href={booking.calendar.outlook}
                  target="_blank"
                  rel="noopener noreferrer"
                  className={buttonVariants({ variant: "secondary", size: "large" })}
                >
                  Outlook
                </a>
              </div>
            </section>
          )}
          <a
            href={`/${locale}/book/${encodeURIComponent(booking.username)}`}
            className="inline-flex min-h-11 items-center self-start rounded underline underline-offset-2"
          >
            {t("actions.again")}
          </a>
        </>
      )}
    </div>
  );
}
