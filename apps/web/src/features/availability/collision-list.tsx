"use client";

import { useLocale, useTranslations } from "next-intl";
import { Button } from "../../components/button.tsx";
import { Link } from "../../i18n/navigation.ts";
import { type Appointment, titleOf } from "../appointments/appointment.ts";
import { dayAndTime } from "../time/format-time.ts";

type CollisionListProps = { appointments: readonly Appointment[]; zone: string; onClose: () => void };

/** Appointments that now stand in a time taken away: they stay until somebody moves or cancels them. */
export function CollisionList({ appointments, zone, onClose }: CollisionListProps) {
  const t = useTranslations("availability.collisions");
  const staff = useTranslations("staff");
  const locale = useLocale();
  return (
    <div className="flex flex-col gap-3">
      <p>{t("explanation", { count: appointments.length })}</p>
      <ul className="max-h-72 divide-y overflow-y-auto rounded-lg border">
        {appointments.map((appointment) => (
          <li key={appointment.id}>
            <Link
              href={`/dashboard/appointments/${appointment.id}`}
              className="flex min-h-11 flex-wrap items-center gap-x-3 px-3 py-1.5 hover:bg-muted"
            >
              <time dateTime={appointment.startsAt} className="font-medium">
                {dayAndTime({ instant: appointment.startsAt, zone, locale })}
              </time>
              <span className="min-w-0 truncate">{titleOf(appointment, staff("busy"))}</span>
            </Link>
          </li>
        ))}
      </ul>
      <Button className="h-11 self-end sm:h-8" onClick={onClose}>
        {t("understood")}
      </Button>
    </div>
  );
}
