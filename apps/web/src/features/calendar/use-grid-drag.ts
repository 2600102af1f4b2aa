"use client";

import type { DateSpanApi, EventApi } from "@fullcalendar/core";
import { useLocale, useTranslations } from "next-intl";
import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { trpc } from "../../trpc/react.ts";
import { clockTime, shortDay } from "../time/format-time.ts";
import type { Appointment } from "./appointment.ts";
import { type AppointmentEventProps, noRoom } from "./calendar-events.ts";
import { createHintStore, type Hint } from "./drag-hint.tsx";
import { gridColumns, placeInColumn } from "./grid-columns.ts";
import { obstacleSentence } from "./obstacle-sentence.ts";
import {
  freeRanges,
  isRefused,
  type Obstacle,
  obstaclesOf,
  obstaclesTo,
  type PlacementFacts,
  type Sketch,
} from "./placement-obstacles.ts";

/** The server is asked for its exact answer once the pointer has rested on a place this long. */
const restMilliseconds = 220;

/** Tells the style sheet that something is in the hand: notices that lie over the grid let it pass. */
const carryingAttribute = "data-carrying";

type ColumnsBy = "provider" | "room" | null;
type Place = { start: number; end: number; resourceId: string | null };
type GridDrag = {
  frame: RefObject<HTMLElement | null>;
  facts: PlacementFacts;
  zone: string;
  hours: { first: number; last: number };
  columnsBy: ColumnsBy;
  nameOfColumn: (id: string) => string;
};

/** What an appointment would be in a place of the grid. */
export function sketchOf(appointment: Appointment, place: Place, columnsBy: ColumnsBy): Sketch {
  const { start, end, resourceId } = place;
  const inRoom = columnsBy === "room" && resourceId !== null;
  return {
    start: start as Sketch["start"],
    end: end as Sketch["end"],
    appointmentId: appointment.id,
    providerId: columnsBy === "provider" && resourceId ? resourceId : appointment.providerId,
    roomId: inRoom ? (resourceId === noRoom ? null : resourceId) : appointment.roomId,
    before: Date.parse(appointment.startsAt) - Date.parse(appointment.busyFrom),
    after: Date.parse(appointment.busyTo) - Date.parse(appointment.endsAt),
  };
}

function resourceOf(span: DateSpanApi): string | null {
  return (span as DateSpanApi & { resource?: { id: string } }).resource?.id ?? null;
}

/**
 * What happens around a drag: allowed ranges are lit, the place under the pointer is judged, Alt makes the steps finer,
 * and Escape takes the drag back.
 */
export function useGridDrag(drag: GridDrag) {
  const t = useTranslations("calendar");
  const locale = useLocale();
  const { client } = trpc.useUtils();
  const [hints] = useState(createHintStore);
  const [isFine, setIsFine] = useState(false);
  const latest = useRef(drag);
  useEffect(() => {
    latest.current = drag;
  });
  const running = useRef<{ clear: () => void } | null>(null);
  /** Where the pointer was last, of the mouse that carries. */
  const pointer = useRef<MouseEvent | null>(null);
  const isCancelled = useRef(false);
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined);
  const asked = useRef("");

  const hintOf = useCallback(
    (place: Place, obstacles: readonly Obstacle[]): Hint => {
      const { zone, columnsBy, nameOfColumn } = latest.current;
      const startsAt = new Date(place.start).toISOString();
      const clock = (instant: number) => clockTime({ instant: new Date(instant).toISOString(), zone });
      const first = obstacles[0];
      return {
        tone: isRefused(obstacles) ? "refused" : first ? "warned" : "free",
        time: `${clock(place.start)} – ${clock(place.end)}`,
        place:
          columnsBy && place.resourceId
            ? nameOfColumn(place.resourceId)
            : shortDay({ instant: startsAt, zone, locale }),
        sentence: first ? obstacleSentence(t, { obstacle: first, zone }) : t("drag.free"),
      };
    },
    [t, locale],
  );

  const askServer = useCallback(
    (sketch: Sketch, place: Place) => {
      clearTimeout(rest.current);
      const key = JSON.stringify(sketch);
      asked.current = key;
      rest.current = setTimeout(async () => {
        const answer = await client.availability.explain
          .query({
            providerId: sketch.providerId,
            startsAt: new Date(sketch.start).toISOString(),
            endsAt: new Date(sketch.end).toISOString(),
            ...(sketch.roomId ? { roomId: sketch.roomId } : {}),
            ...(sketch.appointmentId ? { appointmentId: sketch.appointmentId } : {}),
          })
          .catch(() => null);
        if (!answer || asked.current !== key || !running.current) return;
        const obstacles = obstaclesOf(answer.reasons);
        const refusing = answer.allowed ? obstacles : obstacles.filter((each) => isRefused([each]));
        const local = obstaclesTo(latest.current.facts, sketch);
        // The browser's own finding names whom; the server's is exact about rules the browser does not know.
        const named = refusing.map((each) => local.find(({ code }) => code === each.code) ?? each);
        if (answer.allowed === !isRefused(named)) hints.write(hintOf(place, named));
      }, restMilliseconds);
    },
    [client, hintOf, hints],
  );

  const end = useCallback(() => {
    running.current?.clear();
    running.current = null;
    clearTimeout(rest.current);
    hints.write(null);
    setIsFine(false);
  }, [hints]);
  useEffect(() => end, [end]);

  const begin = useCallback(
    ({ clear, isFine: isFineAtOnce }: { clear: (() => void) | null; isFine: boolean }) => {
      end();
      isCancelled.current = false;
      if (isFineAtOnce) setIsFine(true);
      function press(event: KeyboardEvent) {
        if (event.key === "Alt") {
          event.preventDefault();
          setIsFine(event.type === "keydown");
        }
        if (event.key !== "Escape" || event.type !== "keydown") return;
        event.preventDefault();
        event.stopPropagation();
        isCancelled.current = true;
        swallowClick();
        // The grid takes its time to carry the card back; what was lit goes out at once.
        end();
        // The grid knows no cancelling: it is told that the button is up, and what it then reports is put back.
        document.dispatchEvent(new MouseEvent("mouseup", { bubbles: true }));
      }
      function follow(event: MouseEvent) {
        pointer.current = event;
      }
      addEventListener("keydown", press, true);
      addEventListener("keyup", press, true);
      addEventListener("mousemove", follow, true);
      document.documentElement.toggleAttribute(carryingAttribute, true);
      running.current = {
        clear() {
          document.documentElement.removeAttribute(carryingAttribute);
          removeEventListener("keydown", press, true);
          removeEventListener("keyup", press, true);
          removeEventListener("mousemove", follow, true);
          pointer.current = null;
          clear?.();
        },
      };
    },
    [end],
  );

  /** Has the grid judge the place under a pointer that rests as if it had come there now. */
  const lookAgain = useCallback(() => {
    const last = pointer.current;
    if (!running.current || !last) return;
    const { clientX, clientY } = last;
    document.dispatchEvent(new MouseEvent("mousemove", { clientX, clientY, bubbles: true }));
  }, []);

  return useMemo(
    () => ({
      hints,
      isFine,
      end,
      lookAgain,
      /** Whether Escape ended the drag that is being reported. */
      wasCancelled: () => isCancelled.current,
      beginMove(event: EventApi, isFineAtOnce: boolean) {
        const { appointment } = event.extendedProps as AppointmentEventProps;
        const { frame } = latest.current;
        const uncover = coverGrid(frame.current);
        let lit: (() => void) | null = null;
        // The card is in the hand first.
        const lighting = setTimeout(() => {
          lit = lightRanges(latest.current, appointment, event);
        });
        begin({
          clear() {
            clearTimeout(lighting);
            lit?.();
            uncover();
          },
          isFine: isFineAtOnce,
        });
      },
      /** Called for every place the pointer comes to; always true, for a force may be wanted. */
      over(span: DateSpanApi, event: EventApi | null): boolean {
        const place = {
          start: span.start.getTime(),
          end: span.end.getTime(),
          resourceId: resourceOf(span),
        };
        const { columnsBy, facts } = latest.current;
        if (event) {
          if (!running.current) return true;
          const { appointment } = event.extendedProps as AppointmentEventProps;
          const sketch = sketchOf(appointment, place, columnsBy);
          hints.write(hintOf(place, obstaclesTo(facts, sketch)));
          askServer(sketch, place);
          return true;
        }
        if (!running.current) begin({ clear: null, isFine: false });
        if (columnsBy === "provider" && place.resourceId) {
          const sketch = {
            start: place.start as Sketch["start"],
            end: place.end as Sketch["end"],
            appointmentId: null,
            providerId: place.resourceId,
            roomId: null,
            before: 0,
            after: 0,
          };
          hints.write(hintOf(place, obstaclesTo(facts, sketch)));
        } else hints.write({ ...hintOf(place, []), sentence: "" });
        return true;
      },
      judge(appointment: Appointment, place: Place): boolean {
        const { facts, columnsBy } = latest.current;
        return isRefused(obstaclesTo(facts, sketchOf(appointment, place, columnsBy)));
      },
    }),
    [hints, isFine, end, lookAgain, begin, hintOf, askServer],
  );
}

/** The click that ends a cancelled drag would open what lies under the pointer. */
function swallowClick() {
  const swallow = (event: Event) => {
    event.stopPropagation();
    event.preventDefault();
  };
  addEventListener("click", swallow, { capture: true });
  addEventListener("pointerup", () => setTimeout(() => removeEventListener("click", swallow, true)), {
    once: true,
  });
}

/**
 * Lays one pane over all cards while one of them is carried: whoever asks what is under the pointer, the browser and the
 * grid at every step, has the answer at once instead of searching hundreds of cards.
 */
function coverGrid(root: HTMLElement | null): () => void {
  const panes = [...(root?.querySelectorAll(".fc-timegrid-body") ?? [])].map((body) => {
    const pane = document.createElement("div");
    pane.className = "drag-pane";
    body.append(pane);
    return pane;
  });
  return () => {
    for (const pane of panes) pane.remove();
  };
}

/** Lights every stretch where the appointment fits; drawn beside the grid's own elements, which stay untouched. */
function lightRanges(drag: GridDrag, appointment: Appointment, event: EventApi): (() => void) | null {
  const { frame, facts, hours, zone, columnsBy } = drag;
  if (!frame.current || !event.start) return null;
  const duration = Date.parse(appointment.endsAt) - Date.parse(appointment.startsAt);
  const start = event.start.getTime();
  const drawn: HTMLElement[] = [];
  for (const column of gridColumns(frame.current)) {
    const place = { start, end: start + duration, resourceId: column.resourceId };
    const layer = document.createElement("div");
    layer.className = "free-ranges";
    for (const range of freeRanges(facts, sketchOf(appointment, place, columnsBy))) {
      const box = placeInColumn(range, { date: column.date, hours, zone });
      if (!box) continue;
      const lit = document.createElement("div");
      lit.style.top = `${box.top}%`;
      lit.style.height = `${box.height}%`;
      layer.append(lit);
    }
    column.frame.append(layer);
    drawn.push(layer);
  }
  return () => {
    for (const layer of drawn) layer.remove();
  };
}
