"use client";

import { keepPreviousData } from "@tanstack/react-query";
import { trpc } from "../../trpc/react.ts";
import { useViewer } from "../viewer/viewer.tsx";
import { idChunks } from "./id-chunks.ts";

/** What a screen of a large network names: the rows it shows, and whoever works at the sites it is about. */
export type Wanted = {
  appointments?: readonly { siteId: string; providerId: string; roomId: string | null }[];
  siteIds?: readonly string[];
  providerIds?: readonly string[];
  /** Everybody and every room of these sites; the first site when there are none. */
  within?: readonly string[];
};

const staleTime = 5 * 60_000;
/** The part of a large network's directory that a screen needs. Reads nothing in an organization of ordinary size. */
export function useNetwork({ appointments = [], siteIds = [], providerIds = [], within = [] }: Wanted) {
  const enabled = useViewer().organization.hasManySites;
  const options = { enabled, staleTime, placeholderData: keepPreviousData };
  const asked = enabled ? idChunks(within) : [];
  const first = trpc.directory.sites.list.useQuery(
    { limit: 1 },
    { ...options, enabled: enabled && asked.length === 0 },
  );
  const here = asked[0] ?? first.data?.items.map(({ id }) => id) ?? [];
  const scope = { siteIds: here };
  const atHand = { ...options, enabled: enabled && here.length > 0 };
  const people = trpc.directory.providers.list.useQuery(scope, atHand);
  const rooms = trpc.directory.rooms.list.useQuery(scope, atHand);
  const services = trpc.directory.services.list.useQuery({ withProviders: false }, options);

  const siteChunks = enabled
    ? idChunks([...siteIds, ...here, ...appointments.map((each) => each.siteId)])
    : [];
  const providerChunks = enabled
    ? idChunks([...providerIds, ...appointments.map((each) => each.providerId)])
    : [];
  const roomChunks = enabled ? idChunks(appointments.map((each) => each.roomId)) : [];
  const namedSites = trpc.useQueries((t) =>
    siteChunks.map((ids) => t.directory.sites.list({ ids }, { staleTime })),
  );
  const namedProviders = trpc.useQueries((t) =>
    providerChunks.map((ids) => t.directory.providers.list({ ids }, { staleTime })),
  );
  const namedRooms = trpc.useQueries((t) =>
    roomChunks.map((ids) => t.directory.rooms.list({ ids }, { staleTime })),
  );
  const queries = [people, rooms, services];
  return {
    sites: itemsOf(namedSites),
    providers: itemsOf([people, ...namedProviders]),
    rooms: itemsOf([rooms, ...namedRooms]),
    services: itemsOf([services]),
    isPending: queries.some((query) => query.isPending),
    isError: [first, ...queries].some((query) => query.isError),
    refetch: () => void Promise.all([first, ...queries].map((query) => query.refetch())),
  };
}

/** The rows of several answers, each once. */
function itemsOf<Item extends { id: string }>(queries: readonly { data?: { items: Item[] } | undefined }[]) {
  const items = queries.flatMap(({ data }) => data?.items ?? []);
  return [...new Map(items.map((item) => [item.id, item])).values()];
}
