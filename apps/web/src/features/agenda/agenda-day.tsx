import { dateFormat } from "@creneau/domain/time/date-format";
import { useLocale, useTranslations } from "next-intl";
import { AppointmentLine } from "../appointments/appointment-line.tsx";
import { useAppointmentActions } from "../appointments/use-appointment-actions.ts";
import { useAppointmentRights } from "../appointments/use-appointment-rights.ts";
import { noonOf, plusDays } from "../time/wall-time.ts";
import type { Agenda } from "./use-agenda.ts";

/** "Aujourd'hui, lundi 30 novembre"; the year only where it is another one. */
function useDayName(today: string): (day: string) => string {
  const staff = useTranslations("staff");
  const locale = useLocale();
  return (day) => {
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
  };
}

/** One day of the agenda; a day with nothing says so. */
export function AgendaDay({ day, agenda }: { day: string; agenda: Agenda }) {
  const t = useTranslations("agenda");
  const rights = useAppointmentRights();
  const actions = useAppointmentActions();
  const dayName = useDayName(agenda.today);
  const ofDay = agenda.byDate.get(day) ?? [];
  return (
    <section aria-labelledby={`day-${day}`} className={agenda.list.isPlaceholderData ? "opacity-60" : ""}>
      <div className="sticky top-0 z-10 flex items-baseline justify-between gap-3 bg-background/95 py-1.5 backdrop-blur">
        <h2 id={`day-${day}`} className="font-semibold first-letter:uppercase">
          {dayName(day)}
        </h2>
        <span className="tabular shrink-0 text-muted-foreground text-xs">
          {t("count", { count: ofDay.length })}
        </span>
      </div>
      {ofDay.length === 0 ? (
        <p className="rounded-xl border border-dashed px-4 py-3 text-muted-foreground">{t("emptyDay")}</p>
      ) : (
        <ul className="divide-y overflow-hidden rounded-xl border bg-surface">
          {ofDay.map((appointment) => (
            <AppointmentLine
              key={appointment.id}
              appointment={appointment}
              directory={agenda.directory}
              actions={rights.canChange(appointment) ? actions : undefined}
            />
          ))}
        </ul>
      )}
    </section>
  );
}
