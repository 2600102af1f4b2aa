"use client";

import type {
  CalendarOptions,
  DateSelectArg,
  DayHeaderContentArg,
  EventClickArg,
  EventContentArg,
  EventDropArg,
  EventInput,
  EventMountArg,
  PluginDef,
} from "@fullcalendar/core";
import frenchLocale from "@fullcalendar/core/locales/fr";
import type { EventDragStartArg, EventResizeDoneArg } from "@fullcalendar/interaction";
import { useLocale, useTranslations } from "next-intl";
import { type RefObject, useCallback, useEffect, useMemo, useRef } from "react";
import { useIsNarrow } from "../../components/use-is-narrow.ts";
import { type CalendarView, fullCalendarViews } from "../time/calendar-period.ts";
import { BackgroundContent } from "./background-content.tsx";
import type { BackgroundProps } from "./background-events.ts";
import { type AppointmentEventProps, noRoom } from "./calendar-events.ts";
import { ColumnHeading } from "./column-heading.tsx";
import { DayHeading } from "./day-heading.tsx";
import { DragHint } from "./drag-hint.tsx";
import { CarriedContent, EventContent } from "./event-content.tsx";
import type { Gesture } from "./gesture.ts";
import { type GridKind, gridKindOf } from "./grid-plugins.ts";
import { columnsBy, type GridResource } from "./grid-resources.ts";
import { keepFocus, returnFocus } from "./kept-focus.ts";
import type { PlacementFacts } from "./placement-obstacles.ts";
import { SlotCursor } from "./slot-cursor.tsx";
import { SteadyCalendar } from "./steady-calendar.ts";
import { keepColumnsSteady } from "./steady-columns.ts";
import type { Density } from "./use-density.ts";
import { useGridDrag } from "./use-grid-drag.ts";
import { useGridSize } from "./use-grid-size.ts";
import { useHeldGrid } from "./use-held-grid.ts";
import type { Move } from "./use-move-appointment.ts";
import type { Slot } from "./use-slot-cursor.ts";

keepColumnsSteady();

const hourAndMinute = { hour: "2-digit", minute: "2-digit", hour12: false } as const;
/** What only one kind of grid knows; the others would call it unknown. */
const views: Record<GridKind, CalendarOptions["views"]> = {
  days: { timeGridWeek: { weekNumbers: true } },
  columns: { resourceTimeGridWeek: { datesAboveResources: true, weekNumbers: true } },
  list: {},
};
/** A card writes its own time; the grid, asked for it as well, takes longer over hundreds of times than over their cards. */
const listOptions: CalendarOptions = {
  displayEventTime: true,
  eventTimeFormat: hourAndMinute,
  defaultRangeSeparator: " – ",
  listDayFormat: { weekday: "long", day: "numeric", month: "long" },
  listDaySideFormat: false,
};
/** A network has more inspectors than a screen has room for: columns keep their width and scroll. */
const columnPixels: Partial<Record<CalendarView, number>> = { columns: 132, rooms: 132, team: 92 };
/** Finer steps while Alt is held. */
const fineMinutes = 5;

/** A stretch of the grid somebody has marked; `resourceId` where columns are providers' or rooms'. */
export type Selection = { startsAt: string; endsAt: string; resourceId: string | null; isClick: boolean };

type CalendarGridProps = {
  /** Whether something of the grid is in somebody's hand. */
  gesture: Gesture;
  /** Those of the view's kind of grid. */
  plugins: PluginDef[];
  view: CalendarView;
  date: string;
  zone: string;
  slotMinutes: number;
  hours: { first: number; last: number };
  /** Days of the week to leave out, 0 for Sunday. */
  hiddenDays: number[];
  density: Density;
  events: EventInput[];
  resources: GridResource[];
  facts: PlacementFacts;
  pulsing: ReadonlySet<string>;
  cutId: string | null;
  cursor: Slot | null;
  canCreate: boolean;
  /** True while a form shows the marked stretch. */
  isSelecting: boolean;
  /** Draws the move before it returns; settled when the server has answered. */
  onMove: (move: Move) => Promise<boolean>;
  onOpen: (appointmentId: string) => void;
  onOpenDay: (date: string) => void;
  onSelect: (selection: Selection) => void;
  onTimeOff: (timeOffId: string) => void;
};

/** The grid itself. What it shows comes in as data; a drop goes out as a move and comes back as data. */
export function CalendarGrid(props: CalendarGridProps) {
  const { view, date, zone, slotMinutes, hours, hiddenDays, events, resources, pulsing, cutId } = props;
  const { onMove, onOpen, onOpenDay, onSelect, onTimeOff, isSelecting, gesture } = props;
  const t = useTranslations("calendar");
  const locale = useLocale();
  const isNarrow = useIsNarrow();
  const calendar = useRef<SteadyCalendar>(null);
  const frame = useRef<HTMLDivElement>(null);
  const resourceById = useMemo(() => new Map(resources.map((each) => [each.id, each])), [resources]);
  const columns = columnsBy(view);
  const kind = gridKindOf(view);
  const drag = useGridDrag({
    frame,
    facts: props.facts,
    zone,
    hours,
    columnsBy: columns,
    hasDays: view === "team",
    nameOfColumn: (id) => resourceById.get(id)?.title ?? "",
  });
  useGridSize(frame, calendar);
  useEffect(keepFocus, []);
  const snap = drag.isFine ? fineMinutes : slotMinutes;
  useHeldGrid({ frame, calendar, gesture, drag, view, date, isSelecting, snap });

  function pickUp({ event, jsEvent }: Pick<EventDragStartArg, "event" | "jsEvent">) {
    gesture.carry();
    drag.beginMove(event, jsEvent.altKey);
  }

  function putDown() {
    drag.end();
    gesture.putDown();
  }

  function drop({
    event,
    revert,
    newResource,
  }: Pick<EventDropArg, "event" | "revert"> & { newResource?: { id: string } | null }) {
    if (drag.wasCancelled()) return revert();
    const { appointment } = event.extendedProps as AppointmentEventProps;
    if (!event.start) return;
    const end = event.end ?? new Date(event.start.getTime() + durationOf(appointment));
    const column = newResource?.id;
    const answer = onMove({
      appointment,
      startsAt: event.start.toISOString(),
      endsAt: end.toISOString(),
      ...(column && columns === "provider" ? { providerId: column } : {}),
      ...(column && columns === "room" ? { roomId: column === noRoom ? null : column } : {}),
    });
    // A refusal that comes at once may leave what is known as it was, and the card where it was dropped.
    void answer.finally(() => setTimeout(() => calendar.current?.drawAsKnown()));
  }

  function select({ start, end, resource, jsEvent }: DateSelectArg & { resource?: { id: string } }) {
    const wasCancelled = drag.wasCancelled();
    drag.end();
    const isClick = end.getTime() - start.getTime() <= slotMinutes * 60_000;
    const isOnTimeOff = jsEvent?.target instanceof Element && jsEvent.target.closest(".is-time-off") !== null;
    if (wasCancelled || (isClick && isOnTimeOff)) return calendar.current?.getApi().unselect();
    onSelect({
      startsAt: start.toISOString(),
      endsAt: end.toISOString(),
      resourceId: resource?.id ?? null,
      isClick,
    });
  }

  const content = useCallback(
    (argument: EventContentArg) => {
      const { event, isMirror } = argument;
      if (event.display === "background")
        return <BackgroundContent {...(event.extendedProps as BackgroundProps)} />;
      const { appointment } = event.extendedProps as Partial<AppointmentEventProps>;
      // What is being marked for a new appointment has nothing to tell yet.
      if (!appointment || !event.start) return null;
      const drawn = { argument, zone, isPulsing: pulsing.has(event.id), isCut: cutId === event.id };
      if (!isMirror) return <EventContent {...drawn} isRefused={false} />;
      const whose = columns === "provider" && event.getResources()[0]?.id;
      return (
        <CarriedContent {...drawn} hints={drag.hints} column={whose ? resourceById.get(whose) : undefined} />
      );
    },
    [zone, columns, pulsing, cutId, drag.hints, resourceById],
  );

  const columnOptions: CalendarOptions = {
    schedulerLicenseKey: "GPL-My-Project-Is-Open-Source",
    resources,
    resourceOrder: "",
    // Else the grid lets a card be dropped into another column, and meanwhile draws and judges it in its own.
    eventResourceEditable: true,
    dayMinWidth: columnPixels[view],
    resourceLabelContent: ({ resource }) => {
      const column = resourceById.get(resource.id);
      return column ? <ColumnHeading resource={column} isNarrow={view === "team"} /> : null;
    },
  };

  return (
    <div
      ref={frame}
      data-calendar-grid=""
      data-density={props.density}
      tabIndex={-1}
      className="staff-calendar relative min-h-0 flex-1 focus:outline-none"
    >
      <SteadyCalendar
        // A grid learns its plugins when it is made.
        key={kind}
        ref={calendar}
        plugins={props.plugins}
        {...(kind === "columns" && columnOptions)}
        displayEventTime={false}
        {...(kind === "list" && { ...listOptions, noEventsContent: t("empty.title") })}
        initialView={fullCalendarViews[view]}
        initialDate={date}
        views={views[kind]}
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
        snapDuration={{ minutes: snap }}
        slotMinTime={{ hours: hours.first }}
        slotMaxTime={{ hours: hours.last }}
        scrollTime={{ hours: Math.max(hours.first, 7) }}
        slotLabelFormat={hourAndMinute}
        hiddenDays={hiddenDays}
        // Lower than the shortest appointment is drawn: what is stretched would push its neighbours aside.
        eventMinHeight={14}
        eventDisplay="block"
        eventInteractive
        longPressDelay={350}
        dragRevertDuration={150}
        eventResizableFromStart
        events={events}
        selectable={props.canCreate && view !== "month"}
        selectMirror
        unselectAuto={false}
        dayHeaders={!(isNarrow && view === "day")}
        weekNumberContent={({ num }) => t("weekShort", { number: num })}
        datesSet={({ view: shown }) => shown.type.startsWith("list") && showToday(frame)}
        dayHeaderContent={(argument: DayHeaderContentArg) => (
          <DayHeading argument={argument} zone={zone} locale={locale} todayLabel={t("today")} />
        )}
        eventContent={content}
        eventDidMount={mark}
        moreLinkDidMount={({ el }) => el.setAttribute("role", "button")}
        eventClick={({ event, jsEvent }: EventClickArg) => {
          jsEvent.preventDefault();
          const { timeOffId } = event.extendedProps as Partial<BackgroundProps>;
          if (event.display !== "background") onOpen(event.id);
          else if (timeOffId) onTimeOff(timeOffId);
        }}
        eventAllow={drag.over}
        selectAllow={(span) => drag.over(span, null)}
        eventDragStart={pickUp}
        eventDragStop={putDown}
        eventDrop={drop}
        eventResizeStart={pickUp}
        eventResizeStop={putDown}
        eventResize={({ event, revert }: EventResizeDoneArg) => drop({ event, revert })}
        select={select}
        dateClick={({ dateStr, view: shown }) => shown.type.startsWith("dayGrid") && onOpenDay(dateStr)}
      />
      <SlotCursor
        frame={frame}
        slot={props.cursor}
        slotMinutes={slotMinutes}
        hours={hours}
        zone={zone}
        redrawnBy={`${view} ${date}`}
      />
      <DragHint store={drag.hints} />
    </div>
  );
}

/** Names what the grid has mounted for the rest of the screen, and for assistive technology. */
function mark({ el, event, isMirror, view: shown }: EventMountArg) {
  if (event.display === "background") el.setAttribute("aria-hidden", "true");
  else el.dataset.appointmentId = event.id;
  if (!isMirror) returnFocus(el, event.id);
  // In a list the content holds a button of its own.
  if (el.tagName === "A" && !shown.type.startsWith("list")) el.setAttribute("role", "button");
}

/** A list of a week begins with what is past; its reader comes for today. */
function showToday(frame: RefObject<HTMLElement | null>) {
  const today = () => frame.current?.querySelector(".fc-list-day.fc-day-today");
  requestAnimationFrame(() => today()?.scrollIntoView({ block: "start" }));
}

function durationOf({ startsAt, endsAt }: { startsAt: string; endsAt: string }): number {
  return Date.parse(endsAt) - Date.parse(startsAt);
}
