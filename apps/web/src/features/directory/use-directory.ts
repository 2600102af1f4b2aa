"use client";

import { useMemo } from "react";
import { type Outputs, trpc } from "../../trpc/react.ts";
import { useViewer } from "../viewer/viewer.tsx";
import { useNetwork, type Wanted } from "./use-network.ts";

export type Site = Outputs["directory"]["sites"]["list"]["items"][number];
export type Provider = Outputs["directory"]["providers"]["list"]["items"][number];
export type Service = Outputs["directory"]["services"]["list"]["items"][number];

/** The directory changes a few times a month: minutes old is fresh. */
const staleTime = 5 * 60_000;
const none: never[] = [];

function byId<Item extends { id: string }>(items: readonly Item[]): ReadonlyMap<string, Item> {
  return new Map(items.map((item) => [item.id, item]));
}

/**
 * Sites, rooms, providers and services in use, and a look-up of each by id: all of them, except in a large network, of
 * which only what is `wanted` is read.
 */
export function useDirectory(wanted: Wanted = {}) {
  const { hasManySites } = useViewer().organization;
  const options = { staleTime, enabled: !hasManySites };
  const whole = {
    sites: trpc.directory.sites.list.useQuery(undefined, options),
    rooms: trpc.directory.rooms.list.useQuery(undefined, options),
    providers: trpc.directory.providers.list.useQuery(undefined, options),
    services: trpc.directory.services.list.useQuery(undefined, options),
  };
  const part = useNetwork(wanted);
  const queries = Object.values(whole);
  const sites = hasManySites ? part.sites : (whole.sites.data?.items ?? none);
  const rooms = hasManySites ? part.rooms : (whole.rooms.data?.items ?? none);
  const providers = hasManySites ? part.providers : (whole.providers.data?.items ?? none);
  const services = hasManySites ? part.services : (whole.services.data?.items ?? none);
  return {
    sites,
    rooms,
    providers,
    services,
    siteById: useMemo(() => byId(sites), [sites]),
    roomById: useMemo(() => byId(rooms), [rooms]),
    providerById: useMemo(() => byId(providers), [providers]),
    serviceById: useMemo(() => byId(services), [services]),
    /** Whether there are more than these: the others are found by a search. */
    isPart: hasManySites,
    isPending: hasManySites ? part.isPending : queries.some((query) => query.isPending),
    isError: hasManySites ? part.isError : queries.some((query) => query.isError),
    refetch: hasManySites ? part.refetch : () => void Promise.all(queries.map((query) => query.refetch())),
  };
}

export type Directory = ReturnType<typeof useDirectory>;
