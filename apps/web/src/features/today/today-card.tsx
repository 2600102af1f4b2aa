"use client";

import { CalendarX2, Phone } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button, buttonVariants } from "../../components/button.tsx";
import { formatPhone } from "../../components/format-phone.ts";
import { joinClasses } from "../../components/join-classes.ts";
import { Link } from "../../i18n/navigation.ts";
import { type Appointment, titleOf } from "../appointments/appointment.ts";
import { StepButtons } from "../appointments/step-buttons.tsx";
import type { AppointmentActions } from "../appointments/use-appointment-actions.ts";
import type { Directory } from "../directory/use-directory.ts";
import { StatusBadge } from "../statuses/status-badge.tsx";
import { isCancellable } from "../statuses/status-steps.ts";
import { clockTime } from "../time/format-time.ts";
import { useViewer } from "../viewer/viewer.tsx";

type TodayCardProps = {
  appointment: Appointment;
  directory: Directory;
  actions: AppointmentActions | undefined;
  isCurrent: boolean;
};

/** One appointment of the day, for a thumb: large time, one tap for the next step, one to call. */
export function TodayCard({ appointment, directory, actions, isCurrent }: TodayCardProps) {
  const t = useTranslations("today");
  const staff = useTranslations("staff");
  const zone = useViewer().organization.timezone;
  const name = titleOf(appointment, staff("busy"));
  const provider = directory.providerById.get(appointment.providerId);
  const room = appointment.roomId ? directory.roomById.get(appointment.roomId) : undefined;
  const facts = [
    appointment.clientName ? appointment.serviceName : null,
    provider?.name,
    room?.name,
    appointment.subjectReference,
  ].filter(Boolean);
  return (
    <li
      className={joinClasses(
        "relative overflow-hidden rounded-xl border bg-surface p-3 pl-4",
        isCurrent && "border-accent ring-1 ring-accent",
      )}
    >
      <span
        aria-hidden
        className="absolute inset-y-0 left-0 w-1.5"
        style={{ background: provider?.colour }}
      />
      <div className="flex items-start gap-3">
        <div className="tabular shrink-0">
          <time dateTime={appointment.startsAt} className="block font-semibold text-lg leading-6">
            {clockTime({ instant: appointment.startsAt, zone })}
          </time>
          <span className="text-muted-foreground text-xs">
            {clockTime({ instant: appointment.endsAt, zone })}
          </span>
        </div>
        <div className="min-w-0 flex-1">
          <Link
            href={`/dashboard/appointments/${appointment.id}`}
            className={joinClasses(
              "block break-words font-semibold text-base leading-6 underline-offset-2 hover:underline",
              appointment.status === "cancelled" && "line-through",
            )}
          >
            {name}
          </Link>
          <p className="line-clamp-2 text-muted-foreground">{facts.join(" · ")}</p>
          <StatusBadge status={appointment.status} className="mt-1.5" />
        </div>
        <div className="flex shrink-0 flex-col-reverse gap-1 sm:flex-row">
          {actions && isCancellable(appointment.status) && (
            <Button
              variant="ghost"
              size="icon"
              className="size-11 text-muted-foreground hover:bg-danger/10 hover:text-danger focus-visible:text-danger"
              disabled={actions.isBusy(appointment.id)}
              aria-label={t("cancelFor", { name })}
              title={t("cancelFor", { name })}
              onClick={() => actions.cancel(appointment)}
            >
              <CalendarX2 aria-hidden />
            </Button>
          )}
          {appointment.clientPhone && (
            <a
              href={`tel:${appointment.clientPhone}`}
              aria-label={t("call", { name })}
              title={formatPhone(appointment.clientPhone)}
              className={buttonVariants({ variant: "secondary", size: "icon", className: "size-11" })}
            >
              <Phone aria-hidden />
            </a>
          )}
        </div>
      </div>
      {actions && (
        <div className="mt-3 empty:hidden">
          <StepButtons appointment={appointment} actions={actions} size="touch" />
        </div>
      )}
    </li>
  );
}
