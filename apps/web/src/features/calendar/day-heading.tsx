import type { DayHeaderContentArg } from "@fullcalendar/core";
import { localDate, weekdayName } from "../time/format-time.ts";
import { plusDays } from "../time/wall-time.ts";

const aSunday = "1970-01-04";

type DayHeadingProps = { argument: DayHeaderContentArg; zone: string; locale: string; todayLabel: string };

/** The head of a day's column: weekday and number; of a month's column, the weekday alone. */
export function DayHeading({ argument, zone, locale, todayLabel }: DayHeadingProps) {
  const { view, text, dow } = argument;
  if (view.type.startsWith("list"))
    return (
      <span className="flex items-center gap-2 font-semibold">
        <span className="first-letter:uppercase">{text}</span>
        {argument.isToday && (
          <span className="rounded-full bg-accent px-2 font-medium text-accent-foreground text-xs">
            {todayLabel}
          </span>
        )}
      </span>
    );
  if (view.type.startsWith("dayGrid"))
    return (
      <span className="text-muted-foreground text-xs">{weekdayName(plusDays(aSunday, dow), locale)}</span>
    );
  const date = localDate({ instant: argument.date.toISOString(), zone });
  return (
    <span className="flex items-center justify-center gap-1.5 text-muted-foreground text-xs">
      {weekdayName(date, locale)}
      <span className="day-number grid size-6 place-items-center font-semibold text-foreground text-sm">
        {Number(date.slice(8))}
      </span>
    </span>
  );
}
