"use client";

import { runtimeZone } from "@creneau/domain/time/date-format";
import { type ReactNode, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { lazyPart } from "../../components/lazy-part.tsx";
import { ArrowLeft } from "../../components/signs.tsx";
import { Skeleton } from "../../components/skeleton.tsx";
import { useTranslations } from "../../components/words.tsx";
import { wallClock } from "../time/zone-clock.ts";
import { BookingAside } from "./booking-aside.tsx";
import { aboutOf, serviceFor, subjectInput, subjectOf, subjectQuestions } from "./booking-subject.ts";
import { tellHost } from "./embed-events.ts";
import { guest, type PageView, type Refusal, type Target } from "./guest-client.ts";
import { type BookingStart, monthPeriod, providersAt, shownMonth } from "./start.ts";
import { StateLink } from "./state-link.tsx";
import type { Lost } from "./time-notices.tsx";
import { loadNoticeAhead, TimeStep } from "./time-step.tsx";
import { useBookingState } from "./use-booking-state.ts";
import { useHold } from "./use-hold.ts";
import { useSlots } from "./use-slots.ts";
import { ZoneChoice } from "./zone-choice.tsx";

interface SlotBookerProps {
  page: PageView;
  heading: ReactNode;
  place: ReactNode;
  basePath: string;
  start: BookingStart;
  now: number;
  isEmbedded: boolean;
  /** Leads back to what was chosen before. */
  children?: ReactNode;
}

/** What only some pages ask; both are drawn by the server with the rest. */
const SubjectQuestions = lazyPart(() =>
  import("./subject-questions.tsx").then((part) => part.SubjectQuestions),
);
const ProviderChoice = lazyPart(() => import("./provider-choice.tsx").then((part) => part.ProviderChoice));

const loadDetails = () => import("./details-part.tsx").then((part) => part.DetailsPart);
const DetailsPart = lazyPart(loadDetails, <Skeleton className="h-96" />);
const loadDetailsAhead = () => void loadDetails().catch(() => undefined);

const JoinPart = lazyPart(
  () => import("../waitlist/join-part.tsx").then((part) => part.JoinPart),
  <Skeleton className="h-96" />,
);

/** The choice of a time, out of any step after it. */
const atTimes = { slot: null, wait: null } as const;

const never = () => () => undefined;

/** Day and time, then details, for one service at one site. */
export function SlotBooker({
  page,
  heading,
  place,
  basePath,
  start,
  now,
  isEmbedded,
  children,
}: SlotBookerProps) {
  const t = useTranslations("booking");
  const wait = useTranslations("waitlist");
  const { site } = start;
  const phone = site.phone ?? page.organization.phone;
  const { state, change, linkTo } = useBookingState();
  const subject = subjectOf(state, start.service);
  const service = serviceFor(start.service, subject);

  const isFixed = service.locationKind === "in_person";
  const ownZone = useSyncExternalStore(never, runtimeZone, () => null);
  const zone = isFixed ? site.timezone : (state.zone ?? ownZone ?? site.timezone);
  const today = wallClock(now, zone).date;

  const questions = subjectQuestions(service);
  const providers = providersAt(page, site, service);
  const provider = providers.find(({ id }) => id === state.provider) ?? null;
  const target: Target = {
    username: page.username,
    serviceSlug: service.slug,
    siteSlug: site.slug,
    providerId: provider?.id,
    ...subjectInput(subject),
  };

  const firstDate = start.first && wallClock(start.first.startsAt, zone).date;
  const month = shownMonth({ month: state.month, date: state.date, first: firstDate, today });
  const hold = useHold(target);
  const { slots, hasFailed, reload } = useSlots({
    target,
    period: monthPeriod(month, { today, timezone: zone }),
    initial: { key: start.key, answer: start.answer },
    ownStart: hold.hold?.startsAt ?? null,
  });
  const free = (slots ?? []).filter(({ state: each }) => each !== "taken");

  const [pending, setPending] = useState<string | null>(null);
  const [lost, setLost] = useState<Lost | null>(null);
  const isLost = useRef(false);
  isLost.current = lost !== null;
  const stepHeading = useRef<HTMLHeadingElement>(null);
  /** What `start.first` was looked up for. */
  const asked = useRef(state.about);
  /** The start that is, or is being, held. */
  const wanted = useRef<string | null>(null);
  /** A start that was just refused, while the address still names it. */
  const refused = useRef<string | null>(null);

  function explain(startsAt: string, { code, details }: Refusal) {
    const { date, time } = wallClock(startsAt, zone);
    const key =
      code === "slot_taken" || code === "outside_availability"
        ? "taken"
        : code === "rate_limited"
          ? "tooMany"
          : code === "offline" || code === "unavailable"
            ? code
            : details.configured
              ? "elsewhere"
              : "failed";
    const alternatives = details.alternatives?.filter((each) => each.startsAt !== startsAt) ?? [];
    const addresses = { used: location.origin, configured: details.configured ?? "" };
    setLost({ message: t(`lost.${key}`, { time, ...addresses }), alternatives });
    // A retry makes sense where the time itself was not refused.
    if (key === "taken") change({ slot: null, date, month: date.slice(0, 7) }, "replace");
    else change({ slot: null }, "replace");
    void reload();
  }

  async function choose(startsAt: string, way: "push" | "replace" = "push") {
    if (wanted.current === startsAt && pending) return;
    wanted.current = startsAt;
    setPending(startsAt);
    setLost(null);
    loadDetailsAhead();
    const refusal = await hold.take(startsAt);
    if (wanted.current !== startsAt) return;
    setPending(null);
    if (refusal) {
      wanted.current = null;
      refused.current = startsAt;
      return explain(startsAt, refusal);
    }
    const { date } = wallClock(startsAt, zone);
    change({ slot: startsAt, date, month: date.slice(0, 7) }, way);
  }

  // The address leads: a slot in it without a hold (a reload, Forward) is taken, no slot in it gives the hold back.
  const { release, phase } = hold;
  const isWithout = phase === "none";
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a change of address or the loss of the hold is followed
  useEffect(() => {
    if (pending) return;
    if (state.slot && state.slot !== refused.current && (state.slot !== wanted.current || isWithout)) {
      void choose(state.slot, "replace");
    } else if (!state.slot) {
      refused.current = null;
      if (!wanted.current) return;
      wanted.current = null;
      release();
    }
  }, [state.slot, isWithout]);

  // The form is there before it is asked for, and never in the way of the first paint.
  useEffect(() => {
    const timer = setTimeout(() => {
      loadDetailsAhead();
      loadNoticeAhead();
    }, 1_500);
    return () => clearTimeout(timer);
  }, []);

  const step = state.slot ? "details" : state.wait ? "waitlist" : "time";
  const shownStep = useRef(step);
  const hasTimesBehind = useRef(false);
  useEffect(() => {
    if (isEmbedded) tellHost({ type: "creneau:step", step });
    if (shownStep.current === step) return;
    hasTimesBehind.current = shownStep.current === "time";
    shownStep.current = step;
    // What says that the start is gone takes the focus itself.
    if (isLost.current) return;
    stepHeading.current?.focus({ preventScroll: true });
    stepHeading.current?.scrollIntoView({ block: "nearest" });
  }, [step, isEmbedded]);

  return (
    <div className="grid w-full base:grid-cols-1 gap-x-10 gap-y-6 @4xl:grid-cols-[16rem_minmax(0,1fr)]">
      <BookingAside
        {...{ heading, place, service }}
        isOrganization={page.kind === "organization"}
        providerName={hold.hold?.providerName ?? provider?.name ?? null}
        startsAt={state.slot}
        zone={zone}
        isShort={step !== "time" || state.date !== null}
      >
        <ZoneChoice
          zone={zone}
          isFixed={isFixed}
          at={Date.parse(state.slot ?? start.first?.startsAt ?? new Date(now).toISOString())}
          onChange={(next) => change({ zone: next, date: null }, "replace")}
        />
        {step === "time" && children}
      </BookingAside>
      {step === "time" ? (
        <section aria-labelledby="step-title">
          <h2
            id="step-title"
            ref={stepHeading}
            tabIndex={-1}
            // Whoever is led here by the keyboard sees where they are; nothing moves for it.
            className="sr-only rounded bg-background px-1 font-semibold text-base focus-visible:not-sr-only focus-visible:absolute focus-visible:-mt-8"
          >
            {t("time.title")}
          </h2>
          <TimeStep
            {...{ slots, hasFailed, month, zone, today, pending, lost }}
            findNext={async (from) => {
              const { days } = await guest.query("firstAvailable", {
                ...target,
                from,
                timezone: zone,
                limit: 1,
              });
              return days[0]?.date ?? null;
            }}
            onRetry={() => void reload()}
            horizonDays={service.horizonDays}
            first={
              month === firstDate?.slice(0, 7)
                ? (free[0] ?? null)
                : state.about === asked.current
                  ? start.first
                  : null
            }
            phone={phone}
            onChoose={(startsAt) => void choose(startsAt)}
            hasWaitlist
          >
            {questions.length > 0 && (
              <SubjectQuestions
                questions={questions}
                subject={subject}
                onChange={(next) => change({ about: aboutOf(next), date: null }, "replace")}
              />
            )}
            {providers.length > 1 && (
              <ProviderChoice
                providers={providers}
                chosen={provider?.id ?? null}
                onChoose={(id) => change({ provider: id, date: null, month: null }, "replace")}
              />
            )}
          </TimeStep>
        </section>
      ) : (
        <section aria-labelledby="step-title" className="flex w-full max-w-xl flex-col gap-4">
          <div className="flex items-center gap-2">
            <StateLink
              href={linkTo(atTimes)}
              // Whoever came straight here, by a link or before the script was there, has no such page behind them.
              onFollow={() => (hasTimesBehind.current ? history.back() : change(atTimes, "replace"))}
              aria-label={t("back")}
              className="-ml-2 grid size-11 shrink-0 place-items-center rounded-full hover:bg-muted"
            >
              <ArrowLeft aria-hidden className="size-5" />
            </StateLink>
            <h2 id="step-title" ref={stepHeading} tabIndex={-1} className="rounded font-semibold text-lg">
              {step === "details" ? t("details.title") : wait("title")}
            </h2>
          </div>
          {step === "details" ? (
            <DetailsPart
              {...{ page, basePath, isEmbedded, service, subject, target, zone, today, hold, reload }}
              startsAt={state.slot}
              phone={phone}
              onChoose={(startsAt) => void choose(startsAt, "replace")}
              onOther={() => change(atTimes, "replace")}
            />
          ) : (
            <JoinPart {...{ page, isEmbedded, target, site, service, provider, now }} />
          )}
        </section>
      )}
    </div>
  );
}
