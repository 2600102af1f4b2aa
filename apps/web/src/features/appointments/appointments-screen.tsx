"use client";

import { CalendarX, Download, Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button, buttonVariants } from "../../components/button.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { Page } from "../../components/page.tsx";
import { useIsNarrow } from "../../components/use-is-narrow.ts";
import { Link } from "../../i18n/navigation.ts";
import { trpc } from "../../trpc/react.ts";
import { LoadMore } from "../directory/load-more.tsx";
import { LoadFailure, RowsSkeleton } from "../directory/query-state.tsx";
import { useDirectory } from "../directory/use-directory.ts";
import { useUrlState } from "../directory/use-url-state.ts";
import { localDate } from "../time/format-time.ts";
import { useViewer } from "../viewer/viewer.tsx";
import type { Appointment } from "./appointment.ts";
import { AppointmentLine } from "./appointment-line.tsx";
import { AppointmentsTable } from "./appointments-table.tsx";
import { filterNames, filtersFrom, listInputOf } from "./table-filters.ts";
import { TableFiltersForm } from "./table-filters-form.tsx";
import { useAppointmentActions } from "./use-appointment-actions.ts";
import { useAppointmentRights } from "./use-appointment-rights.ts";
import { useCsvExport } from "./use-csv-export.ts";
import { useLiveRefresh } from "./use-live-refresh.ts";

const pageSize = 50;

/** Every appointment of a filter as a table: the server filters, searches, sorts and pages. */
export function AppointmentsScreen() {
  const t = useTranslations("appointments");
  const zone = useViewer().organization.timezone;
  const url = useUrlState();
  const rights = useAppointmentRights();
  const actions = useAppointmentActions();
  const filters = filtersFrom(url.get, localDate({ instant: new Date().toISOString(), zone }));
  const input = listInputOf(filters, zone);
  const { refetchInterval } = useLiveRefresh();
  const list = trpc.appointments.list.useInfiniteQuery(
    { ...input, limit: pageSize },
    {
      getNextPageParam: (page) => page.nextCursor,
      placeholderData: (previous) => previous,
      refetchInterval,
    },
  );
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const directory = useDirectory({
    appointments: items,
    siteIds: [filters.siteId],
    providerIds: [filters.providerId],
    within: [filters.siteId],
  });
  const csv = useCsvExport();
  const isNarrow = useIsNarrow();
  const actionsFor = (appointment: Appointment) => (rights.canChange(appointment) ? actions : undefined);

  return (
    <Page
      title={t("title")}
      lead={t("lead")}
      actions={
        <>
          <Button
            variant="secondary"
            disabled={csv.rows !== null || items.length === 0}
            onClick={() => void csv.run({ input, directory, zone })}
          >
            <Download aria-hidden />
            {csv.rows === null ? t("export.action") : t("export.running", { count: csv.rows })}
          </Button>
          {rights.canCreate && (
            <Link href="/dashboard/appointments/new" className={buttonVariants()}>
              <Plus aria-hidden />
              {t("new")}
            </Link>
          )}
        </>
      }
    >
      <TableFiltersForm
        filters={filters}
        directory={directory}
        isFiltered={filterNames.some((name) => url.get(name))}
        onChange={url.update}
      />
      {list.isPending && <RowsSkeleton rows={8} />}
      {list.isError && <LoadFailure onRetry={() => void list.refetch()} />}
      {list.data && items.length === 0 && (
        <EmptyState icon={CalendarX} title={t("empty.title")} description={t("empty.description")} />
      )}
      {items.length > 0 && (
        <>
          <p role="status" className="tabular -mb-2 text-muted-foreground text-xs">
            {list.hasNextPage ? t("countMore", { count: items.length }) : t("count", { count: items.length })}
          </p>
          {isNarrow ? (
            <ul
              aria-label={t("title")}
              className={`divide-y overflow-hidden rounded-xl border bg-surface ${list.isPlaceholderData ? "opacity-60" : ""}`}
            >
              {items.map((appointment) => (
                <AppointmentLine
                  key={appointment.id}
                  appointment={appointment}
                  directory={directory}
                  actions={actionsFor(appointment)}
                  showsDay
                />
              ))}
            </ul>
          ) : (
            <AppointmentsTable
              items={items}
              directory={directory}
              order={filters.order}
              onOrder={(order) => url.update({ order: order === "descending" ? order : null })}
              actionsFor={actionsFor}
              isStale={list.isPlaceholderData}
            />
          )}
        </>
      )}
      <LoadMore query={list} />
    </Page>
  );
}
