"use client";

import { useMemo } from "react";
import { type Outputs, trpc } from "../../trpc/react.ts";

export type Site = Outputs["directory"]["sites"]["list"]["items"][number];
export type Provider = Outputs["directory"]["providers"]["list"]["items"][number];
export type Service = Outputs["directory"]["services"]["list"]["items"][number];

/** The directory changes a few times a month: minutes old is fresh. */
const staleTime = 5 * 60_000;

function byId<Item extends { id: string }>(items: readonly Item[] | undefined): ReadonlyMap<string, Item> {
  return new Map(items?.map((item) => [item.id, item]));
}

/** Sites, rooms, providers and services in use, and a look-up of each by id. */
export function useDirectory() {
  const sites = trpc.directory.sites.list.useQuery(undefined, { staleTime });
  const rooms = trpc.directory.rooms.list.useQuery(undefined, { staleTime });
  const providers = trpc.directory.providers.list.useQuery(undefined, { staleTime });
  const services = trpc.directory.services.list.useQuery(undefined, { staleTime });
  const siteById = useMemo(() => byId(sites.data?.items), [sites.data]);
  const roomById = useMemo(() => byId(rooms.data?.items), [rooms.data]);
  const providerById = useMemo(() => byId(providers.data?.items), [providers.data]);
  const serviceById = useMemo(() => byId(services.data?.items), [services.data]);
  const queries = [sites, rooms, providers, services];
  return {
    sites: sites.data?.items ?? [],
    rooms: rooms.data?.items ?? [],
    providers: providers.data?.items ?? [],
    services: services.data?.items ?? [],
    siteById,
    roomById,
    providerById,
    serviceById,
    isPending: queries.some((query) => query.isPending),
    isError: queries.some((query) => query.isError),
    refetch: () => void Promise.all(queries.map((query) => query.refetch())),
  };
}

export type Directory = ReturnType<typeof useDirectory>;
