"use client";

import { dateFormat } from "@creneau/domain/time/date-format";
import { ChevronLeft, ChevronRight, Info } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { Button } from "../../components/button.tsx";
import { joinClasses } from "../../components/join-classes.ts";
import { Panel } from "../../components/page.tsx";
import { Select } from "../../components/select.tsx";
import { Skeleton } from "../../components/skeleton.tsx";
import { type Outputs, trpc } from "../../trpc/react.ts";
import { LoadFailure } from "../directory/query-state.tsx";
import type { Service } from "../directory/use-directory.ts";
import { mondayOf } from "../time/calendar-period.ts";
import { clockTime } from "../time/format-time.ts";
import { instantOf, noonOf, plusDays } from "../time/wall-time.ts";
import { dateSpan, longDate } from "./date-words.ts";

type PreviewPanelProps = {
  providerId: string;
  siteId: string;
  zone: string;
  services: readonly Service[];
  serviceId: string;
  /** Any date of the week shown. */
  date: string;
  today: string;
  isUnsaved: boolean;
  onService: (id: string) => void;
  onDate: (date: string) => void;
  /** Asks why a day has no slot. */
  onExplain: (date: string) => void;
};

type Day = Outputs["availability"]["slots"]["days"][number];

/** What clients are offered in a week with the hours as they are saved. */
export function PreviewPanel(props: PreviewPanelProps) {
  const { providerId, siteId, zone, services, serviceId, date, today, isUnsaved } = props;
  const { onService, onDate, onExplain } = props;
  const t = useTranslations("availability.preview");
  const staff = useTranslations("staff");
  const locale = useLocale();
  const monday = mondayOf(date);
  const dates = Array.from({ length: 7 }, (_, day) => plusDays(monday, day));
  const slots = trpc.availability.slots.useQuery(
    {
      providerId,
      siteId,
      serviceId,
      from: instantOf({ date: monday, minute: 0, zone }),
      to: instantOf({ date: plusDays(monday, 7), minute: 0, zone }),
    },
    { enabled: serviceId !== "", staleTime: 5_000, placeholderData: (previous) => previous },
  );
  const byDate = new Map(slots.data?.days.map((day) => [day.date, day.slots]));
  const total = dates.reduce((sum, each) => sum + (byDate.get(each)?.length ?? 0), 0);
  return (
    <Panel title={t("title")} description={t("description")}>
      {isUnsaved && (
        <p className="mb-3 flex gap-2 rounded-lg border border-warning/40 bg-warning/8 px-3 py-2">
          <Info aria-hidden className="mt-0.5 size-4 shrink-0 text-warning" />
          {t("unsaved")}
        </p>
      )}
      <Select
        aria-label={t("service")}
        className="h-11 sm:h-9"
        value={serviceId}
        onChange={(event) => onService(event.target.value)}
      >
        {services.map(({ id, name, durationMinutes }) => (
          <option key={id} value={id}>
            {name} ({staff("minutes", { count: durationMinutes })})
          </option>
        ))}
      </Select>
      <div className="mt-2 mb-1 flex items-center justify-between gap-2">
        <Button
          variant="ghost"
          size="icon"
          className="-ml-1.5 size-11 sm:size-8"
          aria-label={t("previousWeek")}
          disabled={monday <= mondayOf(today)}
          onClick={() => onDate(plusDays(monday, -7))}
        >
          <ChevronLeft />
        </Button>
        <p aria-live="polite" className="text-center font-medium">
          {dateSpan(monday, plusDays(monday, 6), locale)}
          {slots.data && (
            <span className="tabular block font-normal text-muted-foreground text-xs">
              {t("total", { count: total })}
            </span>
          )}
        </p>
        <Button
          variant="ghost"
          size="icon"
          className="-mr-1.5 size-11 sm:size-8"
          aria-label={t("nextWeek")}
          onClick={() => onDate(plusDays(monday, 7))}
        >
          <ChevronRight />
        </Button>
      </div>
      {slots.isPending && <PreviewSkeleton />}
      {slots.isError && !slots.data && <LoadFailure onRetry={() => void slots.refetch()} />}
      {slots.data && (
        <ul
          aria-label={t("days")}
          aria-busy={slots.isFetching}
          className={joinClasses("divide-y", slots.isPlaceholderData && "opacity-60")}
        >
          {dates.map((each) => (
            <PreviewDay
              key={each}
              date={each}
              zone={zone}
              slots={byDate.get(each) ?? []}
              isPast={each < today}
              onExplain={() => onExplain(each)}
            />
          ))}
        </ul>
      )}
    </Panel>
  );
}

type PreviewDayProps = {
  date: string;
  zone: string;
  slots: Day["slots"];
  isPast: boolean;
  onExplain: () => void;
};

/** One day: how many slots and between which times; all of them once it is opened. */
function PreviewDay({ date, zone, slots, isPast, onExplain }: PreviewDayProps) {
  const t = useTranslations("availability.preview");
  const locale = useLocale();
  const options = { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" } as const;
  const name = dateFormat(locale, options).format(noonOf(date));
  const [first, last] = [slots[0], slots.at(-1)];
  const time = (instant: string) => clockTime({ instant, zone });
  if (!first || !last) {
    return (
      <li data-preview-date={date} className="flex min-h-11 items-center justify-between gap-3 sm:min-h-9">
        <span className={isPast ? "text-muted-foreground" : "font-medium"}>{name}</span>
        <span className="flex items-center gap-1 text-muted-foreground text-xs">
          {isPast ? t("past") : t("none")}
          {!isPast && (
            <Button
              variant="ghost"
              size="small"
              className="-mr-2 h-11 text-foreground underline underline-offset-2 sm:h-7"
              aria-label={t("whyDay", { date: longDate(date, locale) })}
              onClick={onExplain}
            >
              {t("why")}
            </Button>
          )}
        </span>
      </li>
    );
  }
  return (
    <li data-preview-date={date}>
      <details className="group">
        <summary className="flex min-h-11 cursor-pointer list-none items-center justify-between gap-3 rounded-md hover:bg-muted sm:min-h-9 [&::-webkit-details-marker]:hidden">
          <span className="whitespace-nowrap font-medium">{name}</span>
          <span className="tabular flex items-center gap-1.5 text-xs">
            {t("count", { count: slots.length, first: time(first.startsAt), last: time(last.startsAt) })}
            <ChevronRight
              aria-hidden
              className="size-4 text-muted-foreground transition-transform group-open:rotate-90"
            />
          </span>
        </summary>
        <ul
          aria-label={t("slotsOf", { date: longDate(date, locale) })}
          className="flex flex-wrap gap-1 pt-1 pb-3"
        >
          {slots.map(({ startsAt }) => (
            <li key={startsAt}>
              <time dateTime={startsAt} className="block rounded-md bg-accent/12 px-1.5 py-0.5 text-xs">
                {time(startsAt)}
              </time>
            </li>
          ))}
        </ul>
      </details>
    </li>
  );
}

function PreviewSkeleton() {
  const t = useTranslations("staff");
  return (
    <div role="status" aria-busy="true" aria-label={t("loading")} className="flex flex-col gap-2">
      {[0, 1, 2, 3, 4, 5, 6].map((row) => (
        <Skeleton key={row} className="h-8" />
      ))}
    </div>
  );
}
