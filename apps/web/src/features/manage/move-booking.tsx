"use client";

import { runtimeZone } from "@creneau/domain/time/date-format";
import { ArrowLeft, ArrowRight, CircleAlert } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { buttonVariants } from "../../components/button.tsx";
import { KeptButton } from "../../components/kept-form.tsx";
import { useLocale, useTranslations } from "../../components/words.tsx";
import { useBookingZone } from "../booking/booking-summary.tsx";
import { guest, type ManageView, type Refusal, refusalOf } from "../booking/guest-client.ts";
import { Notice } from "../booking/notice.tsx";
import { monthPeriod } from "../booking/start.ts";
import { StateLink } from "../booking/state-link.tsx";
import type { Lost } from "../booking/time-notices.tsx";
import { loadNoticeAhead, TimeStep } from "../booking/time-step.tsx";
import { useBookingState } from "../booking/use-booking-state.ts";
import { addDays, isMonth, longDate, monthOf } from "../time/local-date.ts";
import { wallClock } from "../time/zone-clock.ts";
import { type BookingLink, useMoveSlots } from "./use-move-slots.ts";

interface MoveBookingProps {
  booking: Omit<ManageView, "calendar">;
  link: BookingLink;
  /** When the server rendered, epoch milliseconds. */
  now: number;
  onMoved: () => void;
  /** Nothing suits: all stays as it was. */
  onLeave: () => void;
}

/** Furthest day that is asked for; what a service opens is known to the server only. */
const reachDays = 400;
const searchDays = 95;

/** Another day and time for a booking. The old one stays the client's until the new one is theirs. */
export function MoveBooking({ booking, link, now, onMoved, onLeave }: MoveBookingProps) {
  const t = useTranslations("manage.move");
  const locale = useLocale();
  const { state, change, linkTo } = useBookingState();
  const zone = useBookingZone(booking);
  const today = wallClock(now, zone).date;
  const own = wallClock(booking.startsAt, zone);
  const startMonth = monthOf(own.date) < monthOf(today) ? monthOf(today) : monthOf(own.date);
  const month = isMonth(state.month) && state.month >= monthOf(today) ? state.month : startMonth;
  const { slots, hasFailed, reload } = useMoveSlots({
    link,
    period: monthPeriod(month, { today, timezone: zone }),
    booking,
  });
  const [isMoving, setIsMoving] = useState(false);
  const [lost, setLost] = useState<Lost | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const isLost = useRef(false);
  isLost.current = lost !== null;

  useEffect(loadNoticeAhead, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is asked has changed
  useEffect(() => {
    // What says that the start is gone takes the focus itself.
    if (!isLost.current) heading.current?.focus();
  }, [state.slot]);

  function explain(startsAt: string, { code, details }: Refusal) {
    const { time } = wallClock(startsAt, zone);
    const key =
      code === "slot_taken" || code === "outside_availability"
        ? "taken"
        : code === "too_late_to_cancel" || code === "invalid_transition"
          ? "tooLate"
          : "failed";
    setLost({ message: t(`lost.${key}`, { time }), alternatives: details.alternatives ?? [] });
    change({ slot: null }, "replace");
    void reload();
  }

  async function move(startsAt: string) {
    if (isMoving) return;
    setIsMoving(true);
    try {
      await guest.mutate("reschedule", { ...link, startsAt, timezone: runtimeZone() });
      onMoved();
    } catch (error) {
      explain(startsAt, refusalOf(error));
    } finally {
      setIsMoving(false);
    }
  }

  /** The first date from a date on that has a free time: three months are looked through at once. */
  async function findNext(from: string): Promise<string | null> {
    const start = from < today ? today : from;
    const { days } = await guest.query("moveSlots", {
      ...link,
      from: start,
      to: addDays(start, searchDays),
      timezone: zone,
    });
    return days.find((day) => day.slots.some(({ startsAt }) => startsAt !== booking.startsAt))?.date ?? null;
  }

  if (state.slot) {
    const next = wallClock(state.slot, zone);
    const startsAt = state.slot;
    return (
      <section aria-labelledby="move-question" className="flex flex-col gap-4">
        <h2 id="move-question" ref={heading} tabIndex={-1} className="rounded font-semibold text-lg">
          {t("question")}
        </h2>
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-xl border bg-surface p-4">
          <span className="text-muted-foreground line-through first-letter:uppercase">
            {t("when", { date: longDate(own.date, locale), time: own.time })}
          </span>
          <ArrowRight aria-hidden className="size-4 text-muted-foreground" />
          <strong className="font-semibold first-letter:uppercase">
            {t("when", { date: longDate(next.date, locale), time: next.time })}
          </strong>
        </div>
        <p className="text-muted-foreground">{t("keptUntil")}</p>
        <div className="flex flex-wrap gap-2">
          <KeptButton size="large" isBusy={isMoving} onPress={() => void move(startsAt)}>
            {isMoving ? t("moving") : t("confirm")}
          </KeptButton>
          <StateLink
            className={buttonVariants({ size: "large", variant: "secondary" })}
            href={isMoving ? undefined : linkTo({ slot: null })}
            onFollow={() => change({ slot: null }, "replace")}
          >
            <ArrowLeft aria-hidden />
            {t("otherTime")}
          </StateLink>
        </div>
      </section>
    );
  }
  return (
    <section aria-labelledby="move-title" className="flex flex-col gap-4">
      <h2 id="move-title" ref={heading} tabIndex={-1} className="rounded font-semibold text-lg">
        {t("title")}
      </h2>
      <Notice icon={CircleAlert} title={t("kept", { date: longDate(own.date, locale), time: own.time })} />
      <TimeStep
        {...{ slots, hasFailed, month, zone, today, lost, findNext }}
        pending={null}
        first={null}
        phone={booking.site.phone ?? booking.organization.phone}
        horizonDays={reachDays}
        onRetry={() => void reload()}
        onChoose={(startsAt) => {
          setLost(null);
          change({ slot: startsAt, month: monthOf(wallClock(startsAt, zone).date) });
        }}
      />
      <StateLink
        className={buttonVariants({
          size: "large",
          variant: "secondary",
          className: "h-auto min-h-11 self-start whitespace-normal text-balance py-2",
        })}
        href="?"
        onFollow={onLeave}
      >
        {t("nothingSuits")}
      </StateLink>
    </section>
  );
}
