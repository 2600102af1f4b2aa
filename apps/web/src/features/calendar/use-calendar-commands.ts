"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { toast } from "sonner";
import {
  type CalendarView,
  hasHours,
  stepDate,
  todayIn,
  visibleDates,
  visibleRange,
} from "../time/calendar-period.ts";
import { dayAndTime } from "../time/format-time.ts";
import { instantOf, shiftInstant, wallTimeOf } from "../time/wall-time.ts";
import { type Appointment, appointmentTitle, isSettled } from "./appointment.ts";
import { cachedAppointment } from "./appointment-cache.ts";
import { noRoom } from "./calendar-events.ts";
import type { Draft } from "./calendar-panel.ts";
import { columnsBy, type GridResource } from "./grid-resources.ts";
import { focusAppointment, focusGrid, isCurrent, isOnGrid } from "./kept-focus.ts";
import type { Announcer } from "./live-region.tsx";
import { obstacleSentence } from "./obstacle-sentence.ts";
import type { PendingMoves } from "./pending-moves.ts";
import { firstFreePlace, isRefused, obstaclesTo, type PlacementFacts } from "./placement-obstacles.ts";
import { newSketch, sketchOf } from "./sketch.ts";
import { looksSame } from "./steady-appointments.ts";
import type { CalendarCommands, Nudge } from "./use-calendar-keys.ts";
import type { CalendarState } from "./use-calendar-state.ts";
import type { Move } from "./use-move-appointment.ts";
import { type Slot, slotOf, useSlotCursor } from "./use-slot-cursor.ts";

type Options = {
  state: CalendarState;
  zone: string;
  slotMinutes: number;
  hours: { first: number; last: number };
  hiddenDays: readonly number[];
  resources: readonly GridResource[];
  offeredViews: readonly CalendarView[];
  facts: PlacementFacts;
  announcer: Announcer;
  pending: PendingMoves;
  canChange: (appointment: Appointment) => boolean;
  canCreate: boolean;
  /** Shown providers that a new appointment may be given to. */
  bookableIds: readonly string[];
  change: (change: Partial<CalendarState>) => void;
  move: (move: Move) => Promise<boolean>;
  cancel: (appointment: Appointment) => Promise<boolean>;
  undoLast: () => Promise<void>;
  onCreate: (draft: Draft) => void;
  onOpen: (id: string) => void;
  onEdit: (id: string) => void;
  onSearch: () => void;
  onGoToDate: () => void;
  onHelp: () => void;
};

/** As long as most appointments are, before a service says. */
const usualMinutes = 30;

/** What every key of the calendar does, the cursor of the grid, and the appointment that was cut. */
export function useCalendarCommands(options: Options) {
  const { state, zone, slotMinutes, hours, hiddenDays, resources, facts, announcer } = options;
  const { canChange, change, move, pending } = options;
  const { view } = state;
  const t = useTranslations("calendar");
  const locale = useLocale();
  const queryClient = useQueryClient();
  const [cutId, setCutId] = useState<string | null>(null);
  /** What the last key has cut, as it was then; the screen may be a step behind. */
  const cut = useRef<Appointment | null>(null);
  const by = columnsBy(view);
  const columnIds = resources.map(({ id }) => id);
  const cursor = useSlotCursor({
    view,
    date: state.date,
    zone,
    slotMinutes,
    hours,
    hiddenDays,
    columnIds,
    onDate: (date) => change({ date }),
  });

  function setCut(appointment: Appointment | null) {
    cut.current = appointment;
    setCutId(appointment?.id ?? null);
  }

  /** As the last answer, or what is already shown of a change before its answer, has it. */
  const findAppointment = (id: string | null | undefined) =>
    id ? (pending.of(id) ?? cachedAppointment(queryClient, id)) : undefined;

  const isMovable = (appointment: Appointment) => canChange(appointment) && !isSettled(appointment);

  function movable(id: string): Appointment | null {
    const appointment = findAppointment(id);
    if (appointment && isMovable(appointment)) return appointment;
    announcer.say(t("keys.notMovable"));
    return null;
  }

  function draftAt({ date, minute, resourceId }: Slot): Draft {
    return {
      startsAt: instantOf({ date, minute, zone }),
      endsAt: null,
      providerId: by === "provider" ? resourceId : null,
      roomId: by === "room" && resourceId !== noRoom ? resourceId : null,
    };
  }

  /** Where the arrows stand, else the first free place of the shown period that is still to come. */
  function nextDraft(): Draft {
    const slot = cursor.standing();
    if (slot) return draftAt(slot);
    const from = Math.max(Date.now(), Date.parse(visibleRange({ view, date: state.date, zone }).from));
    const free =
      by !== "room" &&
      firstFreePlace(facts, {
        from,
        minutes: Math.max(slotMinutes, usualMinutes),
        stepMinutes: slotMinutes,
        providerIds: options.bookableIds,
      });
    if (!free) return draftAt(cursor.beginning());
    const startsAt = new Date(free.start).toISOString();
    return { startsAt, endsAt: null, providerId: free.providerId, roomId: null };
  }

  /** The appointment in a place: its own length, another time, provider or room. */
  function moveTo(appointment: Appointment, slot: Slot): Move {
    const { startsAt, providerId, roomId } = draftAt(slot);
    const length = Date.parse(appointment.endsAt) - Date.parse(appointment.startsAt);
    return {
      appointment,
      startsAt,
      endsAt: new Date(Date.parse(startsAt) + length).toISOString(),
      ...(by === "provider" && providerId ? { providerId } : {}),
      ...(by === "room" ? { roomId } : {}),
    };
  }

  /** A place in words, with whose or which column it is. */
  function placeName(instant: string, columnId: string | null): string {
    const column = resources.find(({ id }) => id === columnId)?.title;
    return [dayAndTime({ instant, zone, locale }), column].filter(Boolean).join(", ");
  }

  /** The column that a move leads to, by what it changes. */
  function columnOfMove({ appointment, providerId, roomId }: Move): string | null {
    if (by === null) return null;
    if (by === "provider") return providerId ?? appointment.providerId;
    return (roomId === undefined ? appointment.roomId : roomId) ?? noRoom;
  }

  function describe(slot: Slot): string {
    const instant = instantOf({ ...slot, zone });
    const place = placeName(instant, slot.resourceId);
    const carried = findAppointment(cut.current?.id);
    const start = Date.parse(instant);
    const spot = { start, end: start + slotMinutes * 60_000, resourceId: slot.resourceId };
    const length = carried && Date.parse(carried.endsAt) - Date.parse(carried.startsAt);
    const sketch =
      carried && length ? sketchOf(carried, { ...spot, end: start + length }, by) : newSketch(spot, by);
    if (!sketch) return place;
    const obstacles = obstaclesTo(facts, sketch);
    const first = obstacles[0];
    if (first && isRefused(obstacles)) return `${place} : ${obstacleSentence(t, { obstacle: first, zone })}`;
    return `${place} : ${t("drag.free")}`;
  }

  async function nudge(id: string, { minutes, columns, days, endMinutes }: Nudge) {
    const appointment = movable(id);
    if (!appointment) return;
    const { startsAt, endsAt } = appointment;
    const shift = (instant: string, by: { minutes?: number; days?: number }) =>
      shiftInstant({ instant, zone, ...by });
    const sideways = columns ?? 0;
    const isAcross = sideways !== 0 && columnIds.length > 1;
    let wish: Move = { appointment, startsAt, endsAt };
    if (endMinutes) {
      const end = shift(endsAt, { minutes: endMinutes });
      if (Date.parse(end) <= Date.parse(startsAt)) return;
      wish = { ...wish, endsAt: end };
    } else if (isAcross) {
      const slot = slotOf(appointment, { view, zone });
      const next = columnIds[columnIds.indexOf(slot.resourceId ?? "") + sideways];
      if (next === undefined) return;
      wish = moveTo(appointment, { ...slot, resourceId: next });
    } else {
      const by = minutes ? { minutes } : { days: days ?? sideways };
      wish = { ...wish, startsAt: shift(startsAt, by), endsAt: shift(endsAt, by) };
    }
    if (!(await move(wish))) return;
    const { date } = wallTimeOf({ instant: wish.startsAt, zone });
    const { first, after } = visibleDates({ view, date: state.date });
    if (date < first || date >= after) change({ date });
    // Whoever has gone on meanwhile hears of where they are now, and of this in the notice that offers to take it back.
    if (isCurrent(id)) announcer.say(placeName(wish.startsAt, columnOfMove(wish)));
  }

  async function paste(): Promise<void> {
    const seen = cut.current;
    if (!seen) return announcer.say(t("keys.nothingCut"));
    const slot = cursor.standing();
    if (!slot) return announcer.say(t("keys.choosePlace"));
    const known = findAppointment(seen.id);
    // Changed by somebody since it was cut, it goes as it was then: the server refuses that, and the next paste has seen it.
    if (!(await move(moveTo(known && looksSame(known, seen) ? known : seen, slot)))) {
      const latest = findAppointment(seen.id);
      if (cut.current === seen) setCut(latest && isMovable(latest) ? latest : null);
      return;
    }
    setCut(null);
    cursor.clear();
    if (isOnGrid()) focusAppointment(seen.id);
  }

  const commands: CalendarCommands = {
    slotMinutes,
    hasCursor: hasHours(view),
    onView: (next) => options.offeredViews.includes(next) && change({ view: next }),
    onToday: () => change({ date: todayIn(zone, new Date()) }),
    onStep: (step) => change({ date: stepDate({ view, date: state.date, zone, step }) }),
    onCreate: () => options.canCreate && options.onCreate(nextDraft()),
    onSearch: options.onSearch,
    onGoToDate: options.onGoToDate,
    onHelp: options.onHelp,
    onUndo: options.undoLast,
    onOpen: options.onOpen,
    onEdit: options.onEdit,
    onCut: (id) => {
      const appointment = movable(id);
      if (!appointment) return;
      setCut(appointment);
      cursor.place(slotOf(appointment, { view, zone }));
      focusGrid();
      const name = appointmentTitle(appointment, t("busy"));
      toast(t("keys.cut", { name }), { id: "cut", duration: 6_000 });
    },
    onPaste: paste,
    onCancel: async (id) => {
      const appointment = movable(id);
      if (appointment && (await options.cancel(appointment)) && isCurrent(id)) focusGrid();
    },
    onNudge: nudge,
    onCursor: (step, id) => {
      const from = findAppointment(id);
      if (id) focusGrid();
      const next = cursor.step(step, from && slotOf(from, { view, zone }));
      if (next) announcer.say(describe(next));
    },
    onCursorEnter: () => {
      const slot = cursor.standing();
      if (cut.current) return paste();
      if (slot && options.canCreate) options.onCreate(draftAt(slot));
      return undefined;
    },
    onEscape: () => {
      setCut(null);
      cursor.clear();
      toast.dismiss("cut");
    },
  };

  return { commands, cutId, cursor: cursor.slot };
}
