"use client";

import type { DateSpanApi, EventApi } from "@fullcalendar/core";
import { useLocale, useTranslations } from "next-intl";
import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { trpc } from "../../trpc/react.ts";
import { clockTime, shortDay } from "../time/format-time.ts";
import type { AppointmentEventProps } from "./calendar-events.ts";
import { createHintStore, type Hint } from "./drag-hint.tsx";
import { coverGrid, lightRanges } from "./grid-lighting.ts";
import { obstacleSentence } from "./obstacle-sentence.ts";
import {
  isRefused,
  type Obstacle,
  obstaclesOf,
  obstaclesTo,
  type PlacementFacts,
  type Sketch,
} from "./placement-obstacles.ts";
import { type ColumnsBy, newSketch, type Place, sketchOf } from "./sketch.ts";

/** The server is asked for its exact answer once the pointer has rested on a place this long. */
const restMilliseconds = 220;

/** Tells the style sheet that something is in the hand: notices that lie over the grid let it pass. */
const carryingAttribute = "data-carrying";

type GridDrag = {
  frame: RefObject<HTMLElement | null>;
  facts: PlacementFacts;
  zone: string;
  hours: { first: number; last: number };
  columnsBy: ColumnsBy;
  /** Whether columns of one provider or room stand for several days. */
  hasDays: boolean;
  nameOfColumn: (id: string) => string;
};

type Begun = { clear: (() => void) | null; light?: () => void; isFine: boolean };

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
  const running = useRef<{ clear: () => void; light?: () => void } | null>(null);
  /** Judges the last place again. */
  const judgeAgain = useRef<(() => void) | null>(null);
  /** Where the pointer was last, of the mouse that carries. */
  const pointer = useRef<MouseEvent | null>(null);
  const isCancelled = useRef(false);
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined);
  const asked = useRef("");

  const hintOf = useCallback(
    (place: Place, obstacles: readonly Obstacle[]): Hint => {
      const { zone, columnsBy, hasDays, nameOfColumn } = latest.current;
      const startsAt = new Date(place.start).toISOString();
      const clock = (instant: number) => clockTime({ instant: new Date(instant).toISOString(), zone });
      const first = obstacles[0];
      const column = columnsBy && place.resourceId ? nameOfColumn(place.resourceId) : null;
      return {
        tone: isRefused(obstacles) ? "refused" : first ? "warned" : "free",
        time: `${clock(place.start)} – ${clock(place.end)}`,
        place: [column, column && !hasDays ? null : shortDay({ instant: startsAt, zone, locale })]
          .filter(Boolean)
          .join(", "),
        sentence: first ? obstacleSentence(t, { obstacle: first, zone }) : t("drag.free"),
      };
    },
    [t, locale],
  );

  const askServer = useCallback(
    (sketch: Sketch, place: Place) => {
      clearTimeout(rest.current);
      asked.current = "";
      const { providerId } = sketch;
      // Whose agenda it is the browser knows, and the server explains a place as if to anybody.
      if (!providerId || !latest.current.facts.isOpenTo(providerId)) return;
      const key = JSON.stringify(sketch);
      asked.current = key;
      rest.current = setTimeout(async () => {
        const answer = await client.availability.explain
          .query({
            providerId,
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
    judgeAgain.current = null;
    clearTimeout(rest.current);
    hints.write(null);
    setIsFine(false);
  }, [hints]);
  useEffect(() => end, [end]);

  const begin = useCallback(
    ({ clear, light, isFine: isFineAtOnce }: Begun) => {
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
        light,
      };
    },
    [end],
  );

  // What becomes known meanwhile is not drawn, and counts at once.
  const { facts } = drag;
  useEffect(() => {
    if (!facts || !running.current) return;
    running.current.light?.();
    judgeAgain.current?.();
  }, [facts]);

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
        const root = latest.current.frame.current;
        const start = event.start?.getTime();
        const uncover = coverGrid(root);
        let lit: (() => void) | null = null;
        function light() {
          lit?.();
          if (root && start !== undefined) lit = lightRanges(root, latest.current, { appointment, start });
        }
        // The card is in the hand first.
        const lighting = setTimeout(light);
        begin({
          clear() {
            clearTimeout(lighting);
            lit?.();
            uncover();
          },
          light,
          isFine: isFineAtOnce,
        });
      },
      /** Called for every place the pointer comes to; always true, for a force may be wanted. */
      over(span: DateSpanApi, event: EventApi | null): boolean {
        if (event && !running.current) return true;
        if (!running.current) begin({ clear: null, isFine: false });
        const place = {
          start: span.start.getTime(),
          end: span.end.getTime(),
          resourceId: resourceOf(span),
        };
        const carried = event && (event.extendedProps as AppointmentEventProps).appointment;
        judgeAgain.current = () => {
          const { columnsBy, facts } = latest.current;
          const sketch = carried ? sketchOf(carried, place, columnsBy) : newSketch(place, columnsBy);
          if (sketch) hints.write(hintOf(place, obstaclesTo(facts, sketch)));
          else hints.write({ ...hintOf(place, []), sentence: "" });
          if (carried && sketch) askServer(sketch, place);
        };
        judgeAgain.current();
        return true;
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
