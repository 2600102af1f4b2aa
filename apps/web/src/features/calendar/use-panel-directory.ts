"use client";

import { trpc } from "../../trpc/react.ts";
import { useViewer } from "../viewer/viewer.tsx";
import type { Appointment, Provider, Room, Site } from "./appointment.ts";

/** Whom and what a panel beside the grid can name. */
export type PanelDirectory = {
  providers: readonly Provider[];
  rooms: readonly Room[];
  sites: readonly Site[];
};

const none: never[] = [];

/**
 * What the panel of an appointment names. Of a large network the calendar knows the sites it shows; an appointment of
 * another one, found by the search, brings its own site, with who and what is there.
 */
export function usePanelDirectory(appointment: Appointment, shown: PanelDirectory): PanelDirectory {
  const { hasManySites } = useViewer().organization;
  const { siteId, providerId } = appointment;
  const options = { enabled: hasManySites && !has(shown.sites, siteId), staleTime: 5 * 60_000 };
  const sites = trpc.directory.sites.list.useQuery({ ids: [siteId] }, options).data?.items ?? none;
  const rooms = trpc.directory.rooms.list.useQuery({ siteIds: [siteId] }, options).data?.items ?? none;
  const people = trpc.directory.providers.list.useQuery({ siteIds: [siteId] }, options).data?.items;
  const known = [...shown.providers, ...(people ?? none)];
  // Somebody who has left that site since.
  const named = trpc.directory.providers.list.useQuery(
    { ids: [providerId] },
    {
      ...options,
      enabled: hasManySites && (people !== undefined || !options.enabled) && !has(known, providerId),
    },
  );
  return {
    sites: each([...shown.sites, ...sites]),
    rooms: each([...shown.rooms, ...rooms]),
    providers: each([...known, ...(named.data?.items ?? none)]),
  };
}

/** Each once, though two answers name it. */
function each<Item extends { id: string }>(items: readonly Item[]): Item[] {
  return [...new Map(items.map((item) => [item.id, item])).values()];
}

function has(items: readonly { id: string }[], id: string): boolean {
  return items.some((each) => each.id === id);
}
