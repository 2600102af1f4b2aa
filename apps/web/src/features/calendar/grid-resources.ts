import type { CalendarView } from "../time/calendar-period.ts";
import type { Provider, Room, Site } from "./appointment.ts";
import { noRoom } from "./calendar-events.ts";

/** A column of the grid that is a provider's or a room's. */
export type GridResource = { id: string; title: string; detail: string | null; colour: string | null };

/** Whose columns a view has; null where columns are days. */
export function columnsBy(view: CalendarView): "provider" | "room" | null {
  if (view === "rooms") return "room";
  return view === "columns" || view === "team" ? "provider" : null;
}

type Request = {
  view: CalendarView;
  providers: readonly Provider[];
  rooms: readonly Room[];
  sites: readonly Site[];
  noRoomLabel: string;
};

/** The columns of a view, in the order of the directory; rooms end with a column for what has none. */
export function gridResources({ view, providers, rooms, sites, noRoomLabel }: Request): GridResource[] {
  if (columnsBy(view) === "provider")
    return providers.map(({ id, name, title, colour }) => ({ id, title: name, detail: title, colour }));
  if (columnsBy(view) === null) return [];
  const siteName = (id: string) => (sites.length > 1 ? sites.find((site) => site.id === id)?.name : null);
  return [
    ...rooms.map(({ id, name, siteId }) => ({
      id,
      title: name,
      detail: siteName(siteId) ?? null,
      colour: null,
    })),
    { id: noRoom, title: noRoomLabel, detail: null, colour: null },
  ];
}
