import { useLocale, useTranslations } from "next-intl";
import { formatPhone } from "../../components/format-phone.ts";
import { type CalendarView, periodTitle } from "../time/calendar-period.ts";
import { clockTime, localDate, longDay } from "../time/format-time.ts";
import { type Appointment, appointmentTitle, type Provider, type Room } from "./appointment.ts";

type DaySheetProps = {
  appointments: readonly Appointment[];
  providers: ReadonlyMap<string, Provider>;
  rooms: readonly Room[];
  period: { view: CalendarView; date: string; zone: string };
  organization: string;
};

/** What the printer gets in place of the grid: a table a day, with room for a tick. */
export function DaySheet({ appointments, providers, rooms, period, organization }: DaySheetProps) {
  const t = useTranslations("calendar");
  const locale = useLocale();
  const { zone } = period;
  const sorted = appointments.toSorted((a, b) => a.startsAt.localeCompare(b.startsAt));
  const days = Map.groupBy(sorted, ({ startsAt }) => localDate({ instant: startsAt, zone }));
  return (
    <div className="day-sheet hidden print:block">
      {appointments.length === 0 && (
        <section>
          <h2>
            <span>{periodTitle({ ...period, locale })}</span>
            <small>{organization}</small>
          </h2>
          <p>{t("nothingToPrint")}</p>
        </section>
      )}
      {[...days].map(([date, items]) => (
        <section key={date}>
          <h2>
            <span>{items[0] && longDay({ instant: items[0].startsAt, zone, locale })}</span>
            <small>{organization}</small>
          </h2>
          <table>
            <thead>
              <tr>
                <th />
                <th>{t("details.when")}</th>
                <th>{t("details.client")}</th>
                <th>{t("details.service")}</th>
                <th>{t("details.provider")}</th>
                <th>{t("details.room")}</th>
              </tr>
            </thead>
            <tbody>
              {items.map((item) => (
                <tr key={item.id}>
                  <td className="tick" />
                  <td>
                    {clockTime({ instant: item.startsAt, zone })}–{clockTime({ instant: item.endsAt, zone })}
                  </td>
                  <td>
                    {appointmentTitle(item, t("busy"))}
                    {item.clientPhone && <small> {formatPhone(item.clientPhone)}</small>}
                  </td>
                  <td>{[item.serviceName, item.subjectReference].filter(Boolean).join(" · ")}</td>
                  <td>{providers.get(item.providerId)?.name}</td>
                  <td>{rooms.find(({ id }) => id === item.roomId)?.name}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ))}
    </div>
  );
}
