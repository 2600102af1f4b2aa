"use client";

import { CalendarX, Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { buttonVariants } from "../../components/button.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { Page } from "../../components/page.tsx";
import { Link } from "../../i18n/navigation.ts";
import { useAppointmentRights } from "../appointments/use-appointment-rights.ts";
import { Checklist } from "../checklist/checklist.tsx";
import { LoadMore } from "../directory/load-more.tsx";
import { LoadFailure, RowsSkeleton } from "../directory/query-state.tsx";
import { AgendaDay } from "./agenda-day.tsx";
import { AgendaFilters } from "./agenda-filters.tsx";
import { useAgenda } from "./use-agenda.ts";

/** Appointments of some days as a list, grouped by day, with their next steps. */
export function AgendaScreen() {
  const t = useTranslations("agenda");
  const words = useTranslations("appointments");
  const rights = useAppointmentRights();
  const agenda = useAgenda();
  const { list, items, dates, days, byDate } = agenda;
  // A week shows its free days, a month only those with something on them.
  const shown = days > 7 ? dates.filter((day) => byDate.has(day)) : dates;
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
      <AgendaFilters agenda={agenda} />
      <Checklist />
      {list.isPending && <RowsSkeleton />}
      {list.isError && <LoadFailure onRetry={() => void list.refetch()} />}
      {list.data && items.length === 0 && (
        <EmptyState icon={CalendarX} title={t("empty.title")} description={t("empty.description")} />
      )}
      {items.length > 0 && shown.map((day) => <AgendaDay key={day} day={day} agenda={agenda} />)}
      <LoadMore query={list} />
    </Page>
  );
}
