"use client";

import { useLocale, useTranslations } from "next-intl";
import { Link } from "../../i18n/navigation.ts";
import type { Directory } from "../directory/use-directory.ts";
import { StatusBadge } from "../statuses/status-badge.tsx";
import { clockTime, shortDay } from "../time/format-time.ts";
import { useViewer } from "../viewer/viewer.tsx";
import { type Appointment, titleOf } from "./appointment.ts";
import { StepButtons } from "./step-buttons.tsx";
import type { AppointmentActions } from "./use-appointment-actions.ts";

type AppointmentLineProps = {
  appointment: Appointment;
  directory: Directory;
  /** Absent: nothing can be done from this list. */
  actions?: AppointmentActions | undefined;
  /** In a list that is not grouped by day. */
  showsDay?: boolean;
};

/** One appointment of a list: when, who, what, with whom, its status and the next step. */
export function AppointmentLine({ appointment, directory, actions, showsDay = false }: AppointmentLineProps) {
  const t = useTranslations("staff");
  const locale = useLocale();
  const zone = useViewer().organization.timezone;
  const provider = directory.providerById.get(appointment.providerId);
  const site = directory.siteById.get(appointment.siteId);
  const isOver = ["completed", "cancelled", "no_show"].includes(appointment.status);
  const facts = [
    appointment.clientName ? appointment.serviceName : null,
    provider?.name,
    directory.sites.length > 1 ? site?.name : null,
    appointment.subjectReference,
  ].filter(Boolean);
  return (
    <li className="relative flex flex-col gap-2 px-3 py-2.5 pl-4 hover:bg-muted/60 sm:flex-row sm:items-center sm:gap-4">
      <span
        aria-hidden
        className="absolute inset-y-1.5 left-0 w-1 rounded-r"
        style={{ background: provider?.colour }}
      />
      <div className="tabular flex items-baseline gap-2 sm:w-28 sm:shrink-0">
        <time dateTime={appointment.startsAt} className="font-semibold">
          {showsDay && `${shortDay({ instant: appointment.startsAt, zone, locale })} `}
          {clockTime({ instant: appointment.startsAt, zone })}
        </time>
        <span className="text-muted-foreground text-xs">
          – {clockTime({ instant: appointment.endsAt, zone })}
        </span>
        <StatusBadge status={appointment.status} className="ml-auto sm:hidden" />
      </div>
      <div className="flex flex-wrap items-center gap-2 sm:contents">
        <div className="min-w-40 flex-1">
          <Link
            href={`/dashboard/appointments/${appointment.id}`}
            className={`block truncate font-medium underline-offset-2 hover:underline ${isOver ? "text-muted-foreground" : ""} ${appointment.status === "cancelled" ? "line-through" : ""}`}
          >
            {titleOf(appointment, t("busy"))}
          </Link>
          <p className="truncate text-muted-foreground text-xs">{facts.join(" · ")}</p>
        </div>
        <StatusBadge status={appointment.status} className="hidden sm:inline-flex" />
        {actions && (
          <div className="sm:w-64 sm:[&>fieldset]:justify-end">
            <StepButtons appointment={appointment} actions={actions} />
          </div>
        )}
      </div>
    </li>
  );
}
