"use client";

import { dateFormat } from "@creneau/domain/time/date-format";
import { CalendarX, ChevronLeft, ChevronRight, Plus } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useMemo } from "react";
import { Button, buttonVariants } from "../../components/button.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { Input } from "../../components/input.tsx";
import { Page } from "../../components/page.tsx";
import { Select } from "../../components/select.tsx";
import { Link } from "../../i18n/navigation.ts";
import { trpc } from "../../trpc/react.ts";
import { AppointmentLine } from "../appointments/appointment-line.tsx";
import { useAppointmentActions } from "../appointments/use-appointment-actions.ts";
import { useAppointmentRights } from "../appointments/use-appointment-rights.ts";
import { useLiveRefresh } from "../appointments/use-live-refresh.ts";
import { Checklist } from "../checklist/checklist.tsx";
import { DirectorySelect } from "../directory/directory-select.tsx";
import { LoadMore } from "../directory/load-more.tsx";
import { LoadFailure, RowsSkeleton } from "../directory/query-state.tsx";
import { useDirectory } from "../directory/use-directory.ts";
import { useUrlState } from "../directory/use-url-state.ts";
import { localDate } from "../time/format-time.ts";
import { dateIn, periodOf } from "../time/period.ts";
import { noonOf, plusDays } from "../time/wall-time.ts";
import { useViewer } from "../viewer/viewer.tsx";

const ranges = [
  { days: 1, key: "day" },
  { days: 7, key: "week" },
  { days: 30, key: "month" },
] as const;

/** Appointments of some days as a list, grouped by day, with their next steps. */
export function AgendaScreen() {
  const t = useTranslations("agenda");
  const staff = useTranslations("staff");
  const words = useTranslations("appointments");
  const locale = useLocale();
  const zone = useViewer().organization.timezone;
  const url = useUrlState();
  const rights = useAppointmentRights();
  const actions = useAppointmentActions();
  const today = localDate({ instant: new Date().toISOString(), zone });
  const date = dateIn(url.get("date")) ?? today;
  const days = ranges.find((each) => String(each.days) === url.get("days"))?.days ?? 7;
  const siteId = url.get("site") ?? "";
  const providerId = url.get("provider") ?? "";
  const { dates, from, to } = useMemo(() => periodOf({ date, days, zone }), [date, days, zone]);
  const { refetchInterval } = useLiveRefresh();
  const list = trpc.appointments.list.useInfiniteQuery(
    { from, to, siteIds: siteId ? [siteId] : undefined, providerIds: providerId ? [providerId] : undefined },
    {
      getNextPageParam: (page) => page.nextCursor,
      placeholderData: (previous) => previous,
      refetchInterval,
    },
  );
  const items = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const directory = useDirectory({
    appointments: items,
    siteIds: [siteId],
    providerIds: [providerId],
    within: [siteId],
  });
  const byDate = useMemo(
    () => Map.groupBy(items, ({ startsAt }) => localDate({ instant: startsAt, zone })),
    [items, zone],
  );

  function dayName(day: string): string {
    const isThisYear = day.slice(0, 4) === today.slice(0, 4);
    const name = dateFormat(locale, {
      weekday: "long",
      day: "numeric",
      month: "long",
      ...(!isThisYear && { year: "numeric" }),
      timeZone: "UTC",
    }).format(noonOf(day));
    if (day === today) return `${staff("today")}, ${name}`;
    if (day === plusDays(today, 1)) return `${staff("tomorrow")}, ${name}`;
    return name;
  }

  return (
    <Page
      title={t("title")}
      lead={t("lead")}
      actions={
        rights.canCreate && (
          <Link href="/dashboard/appointments/new" className={buttonVariants()}>
            <Plus aria-hidden className="size-4" />
            {words("new")}
          </Link>
        )
      }
    >
      <div className="flex flex-wrap items-center gap-2">
        <div className="flex items-center gap-1">
          <Button
            variant="secondary"
            size="icon"
            className="size-9 max-sm:size-11"
            aria-label={t("previous")}
            onClick={() => url.update({ date: plusDays(date, -days) })}
          >
            <ChevronLeft />
          </Button>
          <Button variant="secondary" className="h-9 max-sm:h-11" onClick={() => url.update({ date: null })}>
            {staff("today")}
          </Button>
          <Button
            variant="secondary"
            size="icon"
            className="size-9 max-sm:size-11"
            aria-label={t("next")}
            onClick={() => url.update({ date: plusDays(date, days) })}
          >
            <ChevronRight />
          </Button>
        </div>
        <Input
          type="date"
          aria-label={t("goTo")}
          className="w-auto max-sm:min-w-36 max-sm:flex-1"
          value={date}
          onChange={(event) => dateIn(event.target.value) && url.update({ date: event.target.value })}
        />
        <Select
          aria-label={t("range")}
          value={days}
          onChange={(event) => url.update({ days: event.target.value === "7" ? null : event.target.value })}
        >
          {ranges.map((each) => (
            <option key={each.key} value={each.days}>
              {t(each.key)}
            </option>
          ))}
        </Select>
        {(directory.isPart || directory.sites.length > 1) && (
          <DirectorySelect
            kind="sites"
            aria-label={staff("site")}
            value={siteId}
            items={directory.sites}
            emptyLabel={staff("allSites")}
            onChange={(id) => url.update({ site: id })}
          />
        )}
        {(directory.isPart || directory.providers.length > 1) && (
          <DirectorySelect
            kind="providers"
            aria-label={staff("provider")}
            value={providerId}
            items={directory.providers}
            siteId={siteId}
            emptyLabel={staff("allProviders")}
            onChange={(id) => url.update({ provider: id })}
          />
        )}
      </div>
      <Checklist />
      {list.isPending && <RowsSkeleton />}
      {list.isError && <LoadFailure onRetry={() => void list.refetch()} />}
      {list.data && items.length === 0 && (
        <EmptyState icon={CalendarX} title={t("empty.title")} description={t("empty.description")} />
      )}
      {items.length > 0 &&
        dates.map((day) => {
          const ofDay = byDate.get(day) ?? [];
          if (ofDay.length === 0 && days > 7) return null;
          return (
            <section
              key={day}
              aria-labelledby={`day-${day}`}
              className={list.isPlaceholderData ? "opacity-60" : ""}
            >
              <div className="sticky top-0 z-10 flex items-baseline justify-between gap-3 bg-background/95 py-1.5 backdrop-blur">
                <h2 id={`day-${day}`} className="font-semibold first-letter:uppercase">
                  {dayName(day)}
                </h2>
                <span className="tabular shrink-0 text-muted-foreground text-xs">
                  {t("count", { count: ofDay.length })}
                </span>
              </div>
              {ofDay.length === 0 ? (
                <p className="rounded-xl border border-dashed px-4 py-3 text-muted-foreground">
                  {t("emptyDay")}
                </p>
              ) : (
                <ul className="divide-y overflow-hidden rounded-xl border bg-surface">
                  {ofDay.map((appointment) => (
                    <AppointmentLine
                      key={appointment.id}
                      appointment={appointment}
                      directory={directory}
                      actions={rights.canChange(appointment) ? actions : undefined}
                    />
                  ))}
                </ul>
              )}
            </section>
          );
        })}
      <LoadMore query={list} />
    </Page>
  );
}
