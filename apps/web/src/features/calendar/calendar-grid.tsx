"use client";

import type {
  DayHeaderContentArg,
  EventClickArg,
  EventContentArg,
  EventDropArg,
  EventInput,
  EventMountArg,
} from "@fullcalendar/core";
import frenchLocale from "@fullcalendar/core/locales/fr";
import dayGridPlugin from "@fullcalendar/daygrid";
import interactionPlugin, { type EventResizeDoneArg } from "@fullcalendar/interaction";
import listPlugin from "@fullcalendar/list";
import luxonPlugin from "@fullcalendar/luxon3";
import FullCalendar from "@fullcalendar/react";
import resourceTimeGridPlugin from "@fullcalendar/resource-timegrid";
import scrollGridPlugin from "@fullcalendar/scrollgrid";
import timeGridPlugin from "@fullcalendar/timegrid";
import { DateTime } from "luxon";
import { useLocale, useTranslations } from "next-intl";
import { useEffect, useMemo, useRef } from "react";
import type { Provider } from "./appointment.ts";
import type { AppointmentEventProps } from "./calendar-events.ts";
import { type CalendarView, fullCalendarViews } from "./calendar-period.ts";
import { EventContent } from "./event-content.tsx";
import { ProviderHeading } from "./provider-heading.tsx";
import { useIsNarrow } from "./use-is-narrow.ts";
import type { Move } from "./use-move-appointment.ts";

const plugins = [
  dayGridPlugin,
  timeGridPlugin,
  resourceTimeGridPlugin,
  scrollGridPlugin,
  listPlugin,
  interactionPlugin,
  luxonPlugin,
];
const hourAndMinute = { hour: "2-digit", minute: "2-digit", hour12: false } as const;

type CalendarGridProps = {
  view: CalendarView;
  date: string;
  zone: string;
  slotMinutes: number;
  hours: { first: number; last: number };
  /** Days of the week to leave out, 0 for Sunday. */
  hiddenDays: number[];
  events: EventInput[];
  columns: Provider[];
  pulsing: ReadonlySet<string>;
  onMove: (move: Move) => void;
  onOpen: (appointmentId: string) => void;
  onOpenDay: (date: string) => void;
};

/** The grid itself. What it shows comes in as data; a drop goes out as a move and comes back as data. */
export function CalendarGrid(props: CalendarGridProps) {
  const { view, date, zone, slotMinutes, hours, hiddenDays, events, columns, pulsing } = props;
  const { onMove, onOpen, onOpenDay } = props;
  const t = useTranslations("calendar");
  const locale = useLocale();
  const isNarrow = useIsNarrow();
  const calendar = useRef<FullCalendar>(null);
  const frame = useRef<HTMLDivElement>(null);
  const shown = useRef(`${view} ${date}`);
  const resources = useMemo(
    () => columns.map((provider) => ({ id: provider.id, title: provider.name })),
    [columns],
  );
  const columnById = useMemo(() => new Map(columns.map((provider) => [provider.id, provider])), [columns]);

  useEffect(() => {
    if (shown.current === `${view} ${date}`) return;
    shown.current = `${view} ${date}`;
    // After this commit: FullCalendar renders synchronously and React forbids that inside an effect.
    queueMicrotask(() => calendar.current?.getApi().changeView(fullCalendarViews[view], date));
  }, [view, date]);

  // FullCalendar hears of the window's size only; the sidebar and the details panel change the grid's as well.
  useEffect(() => {
    let width = frame.current?.clientWidth;
    const observer = new ResizeObserver(([entry]) => {
      if (!entry || entry.contentRect.width === width) return;
      width = entry.contentRect.width;
      calendar.current?.getApi().updateSize();
    });
    if (frame.current) observer.observe(frame.current);
    return () => observer.disconnect();
  }, []);

  function drop({
    event,
    newResource,
  }: Pick<EventDropArg, "event"> & { newResource?: { id: string } | null }) {
    const { appointment } = event.extendedProps as AppointmentEventProps;
    if (!event.start) return;
    const end = event.end ?? new Date(event.start.getTime() + durationOf(appointment));
    onMove({
      appointment,
      startsAt: event.start.toISOString(),
      endsAt: end.toISOString(),
      providerId: newResource?.id,
    });
  }

  function mark({ el, event, view: shown }: EventMountArg) {
    if (event.display === "background") el.setAttribute("aria-hidden", "true");
    else el.dataset.appointmentId = event.id;
    // In a list the content holds a button of its own.
    if (el.tagName === "A" && !shown.type.startsWith("list")) el.setAttribute("role", "button");
  }

  return (
    <div ref={frame} className="staff-calendar min-h-0 flex-1">
      <FullCalendar
        ref={calendar}
        plugins={plugins}
        schedulerLicenseKey="GPL-My-Project-Is-Open-Source"
        initialView={fullCalendarViews[view]}
        initialDate={date}
        timeZone={zone}
        locale={locale === "fr" ? frenchLocale : "en-gb"}
        firstDay={1}
        headerToolbar={false}
        height="100%"
        expandRows
        nowIndicator
        allDaySlot={false}
        fixedWeekCount={false}
        dayMaxEvents
        slotEventOverlap={false}
        slotDuration="00:30:00"
        slotLabelInterval="01:00:00"
        snapDuration={{ minutes: slotMinutes }}
        slotMinTime={{ hours: hours.first }}
        slotMaxTime={{ hours: hours.last }}
        scrollTime={{ hours: Math.max(hours.first, 7) }}
        eventTimeFormat={hourAndMinute}
        slotLabelFormat={hourAndMinute}
        hiddenDays={hiddenDays}
        // A network has more inspectors than a screen has room for: columns keep their width and scroll.
        dayMinWidth={view === "columns" ? 132 : undefined}
        eventMinHeight={18}
        eventDisplay="block"
        eventInteractive
        longPressDelay={350}
        dragRevertDuration={150}
        eventResizableFromStart
        resources={resources}
        resourceOrder=""
        events={events}
        dayHeaders={!(isNarrow && view === "day")}
        listDayFormat={{ weekday: "long", day: "numeric", month: "long" }}
        listDaySideFormat={false}
        noEventsContent={t("empty.title")}
        dayHeaderContent={(argument: DayHeaderContentArg) => (
          <DayHeading argument={argument} zone={zone} locale={locale} />
        )}
        resourceLabelContent={({ resource }) => {
          const provider = columnById.get(resource.id);
          return provider ? <ProviderHeading provider={provider} /> : null;
        }}
        eventContent={(argument: EventContentArg) =>
          argument.event.display === "background" ? null : (
            <EventContent argument={argument} zone={zone} isPulsing={pulsing.has(argument.event.id)} />
          )
        }
        eventDidMount={mark}
        moreLinkDidMount={({ el }) => el.setAttribute("role", "button")}
        eventClick={({ event, jsEvent }: EventClickArg) => {
          jsEvent.preventDefault();
          onOpen(event.id);
        }}
        eventDrop={drop}
        eventResize={({ event }: EventResizeDoneArg) => drop({ event })}
        dateClick={({ dateStr, view: shown }) => shown.type.startsWith("dayGrid") && onOpenDay(dateStr)}
      />
    </div>
  );
}

function durationOf({ startsAt, endsAt }: { startsAt: string; endsAt: string }): number {
  return Date.parse(endsAt) - Date.parse(startsAt);
}

function DayHeading({
  argument,
  zone,
  locale,
}: {
  argument: DayHeaderContentArg;
  zone: string;
  locale: string;
}) {
  const day = DateTime.fromJSDate(argument.date, { zone }).setLocale(locale);
  if (argument.view.type.startsWith("dayGrid")) {
    return <span className="text-muted-foreground text-xs">{day.toFormat("ccc")}</span>;
  }
  if (argument.view.type.startsWith("list")) return <>{argument.text}</>;
  return (
    <span className="flex items-center justify-center gap-1.5 text-muted-foreground text-xs">
      {day.toFormat("ccc")}
      <span className="day-number grid size-6 place-items-center font-semibold text-foreground text-sm">
        {day.day}
      </span>
    </span>
  );
}
