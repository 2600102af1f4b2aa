"use client";

import { ArrowDown, ArrowUp, CalendarX, Download, Plus } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useMemo } from "react";
import { Button, buttonVariants } from "../../components/button.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { Page } from "../../components/page.tsx";
import { Link } from "../../i18n/navigation.ts";
import { trpc } from "../../trpc/react.ts";
import { clockTime, localDate, shortDay } from "../calendar/format-time.ts";
import { LoadFailure, RowsSkeleton } from "../directory/query-state.tsx";
import { useDirectory } from "../directory/use-directory.ts";
import { useUrlState } from "../directory/use-url-state.ts";
import { useViewer } from "../shell/viewer.tsx";
import { titleOf } from "./appointment.ts";
import { StatusBadge } from "./status-badge.tsx";
import { StepButtons } from "./step-buttons.tsx";
import { filtersFrom, listInputOf } from "./table-filters.ts";
import { TableFiltersForm } from "./table-filters-form.tsx";
import { useAppointmentActions } from "./use-appointment-actions.ts";
import { useAppointmentRights } from "./use-appointment-rights.ts";
import { useCsvExport } from "./use-csv-export.ts";
import { useLiveRefresh } from "./use-live-refresh.ts";

const pageSize = 50;
const filterNames = ["from", "to", "site", "provider", "status", "search"];

/** Every appointment of a filter as a table: the server filters, searches, sorts and pages. */
export function AppointmentsScreen() {
  const t = useTranslations("appointments");
  const staff = useTranslations("staff");
  const locale = useLocale();
  const zone = useViewer().organization.timezone;
  const url = useUrlState();
  const directory = useDirectory();
  const rights = useAppointmentRights();
  const actions = useAppointmentActions();
  const filters = filtersFrom(url.get, localDate({ instant: new Date().toISOString(), zone }));
  const key = JSON.stringify(filters);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the filters are new objects with the same content
  const input = useMemo(() => listInputOf(filters, zone), [key, zone]);
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
  const csv = useCsvExport();
  const isDescending = filters.order === "descending";
  const SortIcon = isDescending ? ArrowUp : ArrowDown;

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
          <section
            aria-label={t("title")}
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
            tabIndex={0}
            className={`overflow-x-auto rounded-xl border bg-surface ${list.isPlaceholderData ? "opacity-60" : ""}`}
          >
            <table className="w-full min-w-[56rem] border-collapse text-left">
              <thead className="border-b text-muted-foreground text-xs">
                <tr>
                  <th scope="col" aria-sort={filters.order} className="px-3 py-2 font-medium">
                    <button
                      type="button"
                      className="inline-flex items-center gap-1 rounded hover:text-foreground"
                      title={isDescending ? t("sortAscending") : t("sortDescending")}
                      onClick={() => url.update({ order: isDescending ? null : "descending" })}
                    >
                      {t("columns.when")}
                      <SortIcon aria-hidden className="size-3.5" />
                    </button>
                  </th>
                  <th scope="col" className="px-3 py-2 font-medium">
                    {t("columns.client")}
                  </th>
                  <th scope="col" className="px-3 py-2 font-medium">
                    {t("columns.service")}
                  </th>
                  <th scope="col" className="px-3 py-2 font-medium">
                    {t("columns.provider")}
                  </th>
                  <th scope="col" className="px-3 py-2 font-medium">
                    {t("columns.status")}
                  </th>
                  <th scope="col" className="px-3 py-2 font-medium">
                    <span className="sr-only">{t("columns.actions")}</span>
                  </th>
                </tr>
              </thead>
              <tbody className="divide-y">
                {items.map((appointment) => {
                  const provider = directory.providerById.get(appointment.providerId);
                  const site = directory.siteById.get(appointment.siteId);
                  return (
                    <tr key={appointment.id} className="hover:bg-muted/60">
                      <td className="tabular whitespace-nowrap px-3 py-2">
                        <time dateTime={appointment.startsAt}>
                          {shortDay({ instant: appointment.startsAt, zone, locale })}{" "}
                          <strong className="font-semibold">
                            {clockTime({ instant: appointment.startsAt, zone })}
                          </strong>
                        </time>
                      </td>
                      <td className="max-w-56 px-3 py-2">
                        <Link
                          href={`/dashboard/appointments/${appointment.id}`}
                          className="block truncate font-medium underline-offset-2 hover:underline"
                        >
                          {titleOf(appointment, staff("busy"))}
                        </Link>
                        <span className="block truncate text-muted-foreground text-xs">
                          {[appointment.clientPhone, appointment.subjectReference]
                            .filter(Boolean)
                            .join(" · ")}
                        </span>
                      </td>
                      <td className="max-w-48 truncate px-3 py-2">{appointment.serviceName}</td>
                      <td className="max-w-48 px-3 py-2">
                        <span className="flex items-center gap-2">
                          <span
                            aria-hidden
                            className="size-2.5 shrink-0 rounded-full"
                            style={{ background: provider?.colour }}
                          />
                          <span className="truncate">{provider?.name}</span>
                        </span>
                        {directory.sites.length > 1 && (
                          <span className="block truncate pl-4.5 text-muted-foreground text-xs">
                            {site?.name}
                          </span>
                        )}
                      </td>
                      <td className="whitespace-nowrap px-3 py-2">
                        <StatusBadge status={appointment.status} />
                      </td>
                      <td className="px-3 py-2 [&>fieldset]:flex-nowrap [&>fieldset]:justify-end">
                        {rights.canChange(appointment) && (
                          <StepButtons appointment={appointment} actions={actions} />
                        )}
                      </td>
                    </tr>
                  );
                })}
              </tbody>
            </table>
          </section>
        </>
      )}
      {list.hasNextPage && (
        <Button
          variant="secondary"
          className="self-center"
          disabled={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {staff("loadMore")}
        </Button>
      )}
    </Page>
  );
}
