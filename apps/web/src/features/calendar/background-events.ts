import type { EventInput } from "@fullcalendar/core";
import type { Outputs } from "../../trpc/react.ts";
import { closedSpans } from "./closed-time.ts";

type OpenTime = Outputs["availability"]["open"];
type Span = { startsAt: string; endsAt: string };

/** What a shaded stretch of the grid stands for. */
export type BackgroundProps = {
  background: "closed" | "time_off" | "external";
  label: string | null;
  /** Of a time off, so that it can be given back. */
  timeOffId?: string;
};

type BackgroundRequest = {
  from: string;
  to: string;
  open: OpenTime | undefined;
  /** Provider and room columns shade each column; otherwise only what is closed for everybody is shaded. */
  columnsBy: "provider" | "room" | null;
  /** Columns of rooms, for what no room has of its own. */
  roomIds: readonly string[];
};

function shade(span: Span, key: string, props: BackgroundProps, columns?: readonly string[]): EventInput {
  return {
    id: `${props.background}-${key}-${span.startsAt}`,
    start: span.startsAt,
    end: span.endsAt,
    display: "background",
    classNames: [`is-${props.background.replace("_", "-")}`],
    extendedProps: props,
    ...(columns ? { resourceIds: [...columns] } : {}),
  };
}

/** Closed time, time off and what external calendars hold, as background events. */
export function backgroundEvents({ from, to, open, columnsBy, roomIds }: BackgroundRequest): EventInput[] {
  if (!open || open.items.length === 0) return [];
  const closed = (intervals: readonly Span[], key: string, columns?: readonly string[]) =>
    closedSpans({ from, to, open: intervals }).map((span) =>
      shade(span, key, { background: "closed", label: null }, columns),
    );
  const away = (columns: "own" | "none") =>
    open.items.flatMap(({ providerId, timeOff, external }) => {
      const own = columns === "own" ? [providerId] : undefined;
      return [
        ...timeOff.map((each) =>
          shade(
            each,
            `${each.id}-${providerId}`,
            { background: "time_off", label: each.reason, timeOffId: each.id },
            own,
          ),
        ),
        ...external.map((each) =>
          shade(each, `${each.id}-${providerId}`, { background: "external", label: each.title }, own),
        ),
      ];
    });
  if (columnsBy === "provider") {
    const byProvider = Map.groupBy(open.items, ({ providerId }) => providerId);
    return [
      ...[...byProvider].flatMap(([providerId, items]) =>
        closed(
          items.flatMap(({ intervals }) => intervals),
          providerId,
          [providerId],
        ),
      ),
      ...away("own"),
    ];
  }
  const everybody = closed(
    open.items.flatMap(({ intervals }) => intervals),
    "everybody",
    columnsBy === "room" ? roomIds : undefined,
  );
  if (columnsBy === "room") {
    const blocked = open.rooms.flatMap(({ roomId, timeOff }) =>
      timeOff.map((each) =>
        shade(each, each.id, { background: "time_off", label: each.reason, timeOffId: each.id }, [roomId]),
      ),
    );
    return [...everybody, ...blocked];
  }
  // One person's week tells their absences; several people's would paint over each other.
  const isOnePerson = new Set(open.items.map(({ providerId }) => providerId)).size === 1;
  return isOnePerson ? [...everybody, ...away("none")] : everybody;
}
