"use client";

import { type ReactNode, useEffect, useMemo, useRef } from "react";
import { joinClasses } from "../../components/join-classes.ts";
import { lazyPart } from "../../components/lazy-part.tsx";
import { ChevronLeft, ChevronRight } from "../../components/signs.tsx";
import { Skeleton } from "../../components/skeleton.tsx";
import { useLocale, useTranslations } from "../../components/words.tsx";
import { addDays, longDate, monthOf } from "../time/local-date.ts";
import { wallClock } from "../time/zone-clock.ts";
import { FirstAvailable } from "./first-available.tsx";
import { MonthGrid } from "./month-grid.tsx";
import { SlotList } from "./slot-list.tsx";
import { byDate, type ShownSlot, type Slot } from "./slot-view.ts";
import { StateLink } from "./state-link.tsx";
import type { Lost } from "./time-notices.tsx";
import { useBookingState } from "./use-booking-state.ts";

const NothingFree = lazyPart(
  () => import("./nothing-free.tsx").then((part) => part.NothingFree),
  <Skeleton className="mt-4 h-20" />,
);
const loadNotice = () => import("./time-notices.tsx").then((part) => part.TimeNotice);
const TimeNotice = lazyPart(loadNotice);

/** Has at hand what is told when something fails: it must not need the line that has just broken. */
export const loadNoticeAhead = () => void loadNotice().catch(() => undefined);

interface TimeStepProps {
  /** The first date with a free slot from a date on; null: none. */
  findNext: (from: string) => Promise<string | null>;
  /** Null while unknown. */
  slots: readonly ShownSlot[] | null;
  hasFailed: boolean;
  onRetry: () => void;
  month: string;
  zone: string;
  today: string;
  horizonDays: number;
  first: Slot | null;
  phone: string | null;
  /** The start being taken. */
  pending: string | null;
  /** Why the last start could not be taken. */
  lost: Lost | null;
  /** Above the calendar: whom to see. */
  children?: ReactNode;
  onChoose: (startsAt: string) => void;
  hasWaitlist?: boolean;
}

/** The second screen: a day, then a time. On a phone the times take the calendar's place. */
export function TimeStep(props: TimeStepProps) {
  const {
    findNext,
    slots,
    month,
    zone,
    today,
    horizonDays,
    first,
    phone,
    pending,
    lost,
    onChoose,
    hasWaitlist = false,
  } = props;
  const { state, change, linkTo } = useBookingState();
  const { date } = state;
  const linkToSlot = (startsAt: string) => {
    const day = wallClock(startsAt, zone).date;
    return linkTo({ slot: startsAt, date: day, month: monthOf(day) });
  };
  const onWait = hasWaitlist ? () => change({ wait: "1" }) : null;
  const t = useTranslations("booking");
  const wait = useTranslations("waitlist");
  const locale = useLocale();
  const heading = useRef<HTMLHeadingElement>(null);
  const shouldFocus = useRef(false);

  const days = useMemo(() => slots && byDate(slots, zone), [slots, zone]);
  const counts = useMemo(() => {
    if (!days) return null;
    const free = [...days].map(
      ([each, ofDay]) => [each, ofDay.filter(({ state }) => state !== "taken").length] as const,
    );
    return new Map(free.filter(([, count]) => count > 0));
  }, [days]);
  const openDates = useMemo(() => (counts ? [...counts.keys()].sort() : []), [counts]);
  const chosen = date && monthOf(date) === month ? date : null;
  // Taken slots count here: the day in view does not change because somebody took its last one.
  const firstDate = days ? [...days.keys()].sort()[0] : undefined;
  const shown = chosen ?? firstDate ?? null;
  const ofDay = (shown && days?.get(shown)) || [];
  const count = (shown && counts?.get(shown)) || 0;
  const say = shown && counts ? t("calendar.day", { date: longDate(shown, locale), count }) : "";

  // biome-ignore lint/correctness/useExhaustiveDependencies: only a day that was just chosen takes the focus along
  useEffect(() => {
    if (!shouldFocus.current) return;
    shouldFocus.current = false;
    heading.current?.focus();
  }, [date]);

  function choose(day: string, way?: "push" | "replace") {
    shouldFocus.current = true;
    change({ date: day, month: monthOf(day) }, way ?? (date ? "replace" : "push"));
    if (day === date) heading.current?.focus();
  }

  const before = shown && openDates.findLast((each) => each < shown);
  const after = shown && openDates.find((each) => each > shown);
  const linkToDay = (day: string | null | undefined) =>
    day ? linkTo({ date: day, month: monthOf(day) }) : undefined;
  const turn =
    "grid size-11 shrink-0 place-items-center rounded-full hover:bg-muted aria-disabled:opacity-30 @2xl:hidden";

  return (
    <div className="flex flex-col gap-4">
      <p aria-live="polite" className="sr-only" data-slots-said>
        {say}
      </p>
      {(lost || props.hasFailed) && (
        <TimeNotice lost={lost} onRetry={props.hasFailed ? props.onRetry : null} {...{ zone, onChoose }} />
      )}
      <div className={joinClasses("base:flex flex-col gap-4", chosen && "hidden @2xl:flex")}>
        {props.children}
        {first && (
          <FirstAvailable
            first={first}
            zone={zone}
            isPending={pending === first.startsAt}
            href={linkToSlot(first.startsAt)}
            onChoose={onChoose}
          />
        )}
      </div>
      <div className="grid gap-x-8 gap-y-6 @2xl:grid-cols-[minmax(0,1fr)_15rem]">
        <div className={joinClasses(chosen && "hidden @2xl:block")}>
          <MonthGrid
            month={month}
            selected={shown}
            isImplied={chosen === null}
            counts={counts}
            first={today}
            last={addDays(today, horizonDays)}
            linkTo={linkTo}
            onSelect={(day) => choose(day)}
            onMonth={(next) => change({ month: next, date: null }, "replace")}
          />
          {counts && openDates.length === 0 && (
            <NothingFree {...{ findNext, month, phone, linkTo, onWait }} onJump={(day) => choose(day)} />
          )}
        </div>
        <section
          aria-labelledby="slots-heading"
          aria-busy={slots === null}
          className={joinClasses(
            "@2xl:max-h-[26rem] @2xl:overflow-y-auto @2xl:pr-1",
            !chosen && "hidden @2xl:block",
          )}
        >
          <div className="sticky top-0 z-10 mb-3 flex items-center justify-between gap-1 bg-background py-1 @2xl:static @2xl:bg-transparent @2xl:py-0">
            <StateLink
              className={turn}
              aria-label={t("slots.previousDay")}
              href={linkToDay(before)}
              onFollow={() => before && choose(before, "replace")}
            >
              <ChevronLeft aria-hidden className="size-5" />
            </StateLink>
            <h2
              id="slots-heading"
              ref={heading}
              tabIndex={-1}
              className="rounded py-2 text-center font-semibold text-base first-letter:uppercase @2xl:text-left"
            >
              {shown ? longDate(shown, locale) : t("slots.title")}
            </h2>
            <StateLink
              className={turn}
              aria-label={t("slots.nextDay")}
              href={linkToDay(after)}
              onFollow={() => after && choose(after, "replace")}
            >
              <ChevronRight aria-hidden className="size-5" />
            </StateLink>
          </div>
          {chosen && (
            <StateLink
              href={linkTo({ date: null })}
              onFollow={() => change({ date: null }, "replace")}
              className="mb-4 flex h-11 w-full items-center justify-center gap-1.5 rounded-md border bg-surface font-medium text-sm hover:bg-muted @2xl:hidden"
            >
              <ChevronLeft aria-hidden className="size-4" />
              {t("slots.otherDay")}
            </StateLink>
          )}
          {slots === null && (
            <div className="grid grid-cols-3 gap-2 @2xl:grid-cols-2">
              {["a", "b", "c", "d", "e", "f"].map((key) => (
                <Skeleton key={key} className="h-11" />
              ))}
            </div>
          )}
          {shown && slots && ofDay.length === 0 && (
            <p className="text-muted-foreground">{t("calendar.noneThatDay")}</p>
          )}
          <SlotList slots={ofDay} linkTo={linkToSlot} {...{ zone, pending, onChoose }} />
        </section>
      </div>
      {onWait && openDates[0] && (
        <p className="text-muted-foreground">
          {wait("question")}{" "}
          <StateLink
            href={linkTo({ wait: "1" })}
            onFollow={onWait}
            className="inline-flex min-h-11 items-center rounded text-foreground underline"
          >
            {wait("open")}
          </StateLink>
        </p>
      )}
    </div>
  );
}
