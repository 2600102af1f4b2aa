"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { formatPhone } from "../../components/format-phone.ts";
import { joinClasses } from "../../components/join-classes.ts";
import { Link } from "../../i18n/navigation.ts";
import type { Directory } from "../directory/use-directory.ts";
import { StatusBadge } from "../statuses/status-badge.tsx";
import { clockTime, shortDay } from "../time/format-time.ts";
import { useViewer } from "../viewer/viewer.tsx";
import { type Appointment, titleOf } from "./appointment.ts";
import { StepButtons } from "./step-buttons.tsx";
import type { AppointmentActions } from "./use-appointment-actions.ts";

type AppointmentsTableProps = {
  items: readonly Appointment[];
  directory: Directory;
  order: "ascending" | "descending";
  onOrder: (order: "ascending" | "descending") => void;
  /** What may be done with an appointment; undefined for nothing. */
  actionsFor: (appointment: Appointment) => AppointmentActions | undefined;
  isStale: boolean;
};

/** Appointments as a table, sorted by the server; where it is narrow, the service stands below the client. */
export function AppointmentsTable({
  items,
  directory,
  order,
  onOrder,
  actionsFor,
  isStale,
}: AppointmentsTableProps) {
  const t = useTranslations("appointments");
  const isDescending = order === "descending";
  const SortIcon = isDescending ? ArrowUp : ArrowDown;
  return (
    <section
      aria-label={t("title")}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      className={`@container overflow-x-auto rounded-xl border bg-surface ${isStale ? "opacity-60" : ""}`}
    >
      <table className="w-full border-collapse  text-left">
        <thead className="border-b text-muted-foreground text-xs">
          <tr>
            <th scope="col" aria-sort={order} className="px-3 py-2 @max-5xl:px-2 font-medium">
              <button
                type="button"
                className="inline-flex items-center gap-1 rounded text-left hover:text-foreground"
                title={isDescending ? t("sortAscending") : t("sortDescending")}
                onClick={() => onOrder(isDescending ? "ascending" : "descending")}
              >
                {t("columns.when")}
                <SortIcon aria-hidden className="size-3.5" />
              </button>
            </th>
            {(["client", "service", "provider", "status"] as const).map((column) => (
              <th
                key={column}
                scope="col"
                className={joinClasses(
                  "px-3 py-2 @max-5xl:px-2 font-medium",
                  column === "service" && "@max-5xl:hidden",
                )}
              >
                {t(`columns.${column}`)}
              </th>
            ))}
            <th scope="col" className="px-3 py-2 @max-5xl:px-2 font-medium">
              <span className="sr-only">{t("columns.actions")}</span>
            </th>
          </tr>
        </thead>
        <tbody className="divide-y">
          {items.map((appointment) => (
            <AppointmentRow
              key={appointment.id}
              appointment={appointment}
              directory={directory}
              actions={actionsFor(appointment)}
            />
          ))}
        </tbody>
      </table>
    </section>
  );
}

type AppointmentRowProps = {
  appointment: Appointment;
  directory: Directory;
  actions: AppointmentActions | undefined;
};

function AppointmentRow({ appointment, directory, actions }: AppointmentRowProps) {
  const staff = useTranslations("staff");
  const locale = useLocale();
  const zone = useViewer().organization.timezone;
  const provider = directory.providerById.get(appointment.providerId);
  const site = directory.siteById.get(appointment.siteId);
  const { clientPhone, serviceName, subjectReference } = appointment;
  return (
    <tr className="hover:bg-muted/60">
      <td className="tabular whitespace-nowrap px-3 py-2 @max-5xl:px-2">
        <time dateTime={appointment.startsAt}>
          {shortDay({ instant: appointment.startsAt, zone, locale })}{" "}
          <strong className="font-semibold @max-5xl:block">
            {clockTime({ instant: appointment.startsAt, zone })}
          </strong>
        </time>
      </td>
      <td className="max-w-56 px-3 py-2 @max-5xl:px-2 @max-5xl:w-full @max-5xl:min-w-32 @max-5xl:max-w-0">
        <Link
          href={`/dashboard/appointments/${appointment.id}`}
          className="block truncate font-medium underline-offset-2 hover:underline"
        >
          {titleOf(appointment, staff("busy"))}
        </Link>
        <span className="tabular block truncate text-muted-foreground text-xs">
          <span className="@5xl:hidden">{serviceName}</span>
          <span className="@max-5xl:hidden">
            {[clientPhone && formatPhone(clientPhone), subjectReference].filter(Boolean).join(" · ")}
          </span>
        </span>
      </td>
      <td className="max-w-48 truncate px-3 py-2 @max-5xl:px-2 @max-5xl:hidden">{serviceName}</td>
      <td className="max-w-48 px-3 py-2 @max-5xl:px-2 @max-5xl:max-w-40">
        <span className="flex items-center gap-2">
          <span
            aria-hidden
            className="size-2.5 shrink-0 rounded-full"
            style={{ background: provider?.colour }}
          />
          <span className="truncate">{provider?.name}</span>
        </span>
        {directory.sites.length > 1 && (
          <span className="block truncate pl-4.5 text-muted-foreground text-xs">{site?.name}</span>
        )}
      </td>
      <td className="px-3 py-2 @max-5xl:max-w-28 @max-5xl:px-2">
        <StatusBadge status={appointment.status} className="@max-5xl:whitespace-normal @max-5xl:rounded-xl" />
      </td>
      <td className="px-3 py-2 @max-5xl:px-2 @max-5xl:[&_button>span]:sr-only [&_button:not(:first-of-type)>span]:sr-only [&>fieldset]:flex-nowrap [&>fieldset]:justify-end">
        {actions && <StepButtons appointment={appointment} actions={actions} />}
      </td>
    </tr>
  );
}
