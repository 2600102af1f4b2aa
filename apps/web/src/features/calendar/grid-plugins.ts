"use client";

import type { PluginDef } from "@fullcalendar/core";
import dayGridPlugin from "@fullcalendar/daygrid";
import interactionPlugin from "@fullcalendar/interaction";
import timeGridPlugin from "@fullcalendar/timegrid";
import { useEffect, useReducer, useState } from "react";
import type { CalendarView } from "../time/calendar-period.ts";
import { columnsBy } from "./grid-resources.ts";
import { timeZonePlugin } from "./time-zone-plugin.ts";

/** What a grid is made of: columns of days, columns of providers or rooms, or lines. */
export type GridKind = "days" | "columns" | "list";

const common: PluginDef[] = [dayGridPlugin, timeGridPlugin, interactionPlugin, timeZonePlugin];
const ready = new Map<GridKind, PluginDef[]>([["days", common]]);
const loaders: Record<GridKind, () => Promise<PluginDef[]>> = {
  days: async () => [],
  columns: async () => (await import("./column-plugins.ts")).columnPlugins,
  list: async () => [(await import("@fullcalendar/list")).default],
};

/** The kind of grid that shows a view. */
export function gridKindOf(view: CalendarView): GridKind {
  if (view === "list") return "list";
  return columnsBy(view) ? "columns" : "days";
}

/** Fetches what a kind of grid is made of, once. Rejects when the network fails; asking again then tries again. */
export async function loadGridPlugins(kind: GridKind): Promise<void> {
  if (ready.has(kind)) return;
  const own = await loaders[kind]();
  if (!ready.has(kind)) ready.set(kind, [...common, ...own]);
}

/** The grid's plugins for a view; null while they are on their way. What fails to load fails the screen. */
export function useGridPlugins(view: CalendarView): PluginDef[] | null {
  const kind = gridKindOf(view);
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const [failure, setFailure] = useState<unknown>(null);
  useEffect(() => {
    if (!ready.has(kind)) loadGridPlugins(kind).then(redraw, setFailure);
  }, [kind]);
  if (failure !== null) throw failure;
  return ready.get(kind) ?? null;
}
