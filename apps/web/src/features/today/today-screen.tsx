"use client";

import { appointmentStatuses } from "@creneau/domain/appointments/status";
import { CalendarCheck } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useMemo } from "react";
import { EmptyState } from "../../components/empty-state.tsx";
import { Page } from "../../components/page.tsx";
import { trpc } from "../../trpc/react.ts";
import { useAppointmentActions } from "../appointments/use-appointment-actions.ts";
import { useAppointmentRights } from "../appointments/use-appointment-rights.ts";
import { useLiveRefresh } from "../appointments/use-live-refresh.ts";
import { DirectorySelect } from "../directory/directory-select.tsx";
import { LoadMore } from "../directory/load-more.tsx";
import { LoadFailure, RowsSkeleton } from "../directory/query-state.tsx";
import { useDirectory } from "../directory/use-directory.ts";
import { useUrlState } from "../directory/use-url-state.ts";
import { localDate, longDay } from "../time/format-time.ts";
import { periodOf } from "../time/period.ts";
import { useNow } from "../time/use-now.ts";
import { useViewer } from "../viewer/viewer.tsx";
import { groupDay } from "./group-day.ts";
import { TodayCard } from "./today-card.tsx";

/** The day at hand: what is on, what comes next, one tap for each step. Made for a phone in one hand. */
export function TodayScreen() {
  const t = useTranslations("today");
  const staff = useTranslations("staff");
  const locale = useLocale();
  const viewer = useViewer();
  const zone = viewer.organization.timezone;
  const url = useUrlState();
  const rights = useAppointmentRights();
  const actions = useAppointmentActions();
  const now = useNow();
  const date = localDate({ instant: new Date(now).toISOString(), zone });
  // A provider works on their own day; "all" is a choice that the address keeps.
  const chosen = url.get("provider");
  const providerId =
    chosen === "all" ? "" : (chosen ?? (viewer.role === "provider" ? viewer.providerId : "") ?? "");
  const { from, to } = useMemo(() => periodOf({ date, days: 1, zone }), [date, zone]);
  const { refetchInterval } = useLiveRefresh();
  const siteId = url.get("site") ?? "";
  const list = trpc.appointments.list.useInfiniteQuery(
    {
      from,
      to,
      siteIds: siteId ? [siteId] : undefined,
      providerIds: providerId ? [providerId] : undefined,
      statuses: [...appointmentStatuses],
      limit: 200,
    },
    {
      getNextPageParam: (page) => page.nextCursor,
      refetchInterval,
      placeholderData: (previous) => previous,
    },
  );
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const directory = useDirectory({
    appointments: items,
    siteIds: [siteId],
    providerIds: [providerId],
    within: [siteId],
  });
  const groups = groupDay(items, now);
  const total = items.filter(({ status }) => status !== "cancelled").length;
  const done = items.filter(({ status }) => status === "completed" || status === "no_show").length;

  return (
    <Page
      width="narrow"
      title={t("title")}
      lead={longDay({ instant: new Date(now).toISOString(), zone, locale })}
    >
      <div className="flex flex-wrap items-center gap-2 max-sm:[&>span]:grow">
        {(directory.isPart || directory.sites.length > 1) && (
          <DirectorySelect
            kind="sites"
            aria-label={staff("site")}
            className="h-11"
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
            className="h-11"
            value={providerId || "all"}
            items={[
              { id: "all", name: t("everybody") },
              ...directory.providers
                .filter(({ id, siteIds }) => !siteId || id === providerId || siteIds.includes(siteId))
                .map(({ id, name }) => ({ id, name: id === viewer.providerId ? t("mine") : name })),
            ]}
            siteId={siteId}
            {...(directory.isPart && { emptyLabel: t("everybody") })}
            onChange={(id) => url.update({ provider: id || "all" })}
          />
        )}
        {total > 0 && (
          <div className="flex items-center gap-2.5 max-sm:w-full sm:ml-auto">
            <span aria-hidden className="h-1.5 w-28 overflow-hidden max-sm:grow rounded-full bg-muted-strong">
              <span className="block h-full bg-success" style={{ width: `${(100 * done) / total}%` }} />
            </span>
            <p className="tabular text-muted-foreground text-xs" role="status">
              {t("summary", { done, total })}
            </p>
          </div>
        )}
      </div>
      {list.isPending && <RowsSkeleton rows={4} />}
      {list.isError && <LoadFailure onRetry={() => void list.refetch()} />}
      {list.data && items.length === 0 && (
        <EmptyState icon={CalendarCheck} title={t("empty.title")} description={t("empty.description")} />
      )}
      {groups.map(({ key, appointments }) => (
        <section key={key} aria-labelledby={`group-${key}`}>
          <h2
            id={`group-${key}`}
            className="mb-2 font-semibold text-muted-foreground text-xs uppercase tracking-wide"
          >
            {t(key)}
          </h2>
          <ul className="flex flex-col gap-2.5">
            {appointments.map((appointment) => (
              <TodayCard
                key={appointment.id}
                appointment={appointment}
                directory={directory}
                actions={rights.canChange(appointment) ? actions : undefined}
                isCurrent={key === "now"}
              />
            ))}
          </ul>
        </section>
      ))}
      <LoadMore query={list} isLarge />
    </Page>
  );
}
