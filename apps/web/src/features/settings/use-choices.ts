"use client";

import { keepPreviousData } from "@tanstack/react-query";
import { trpc } from "../../trpc/react.ts";
import type { Choice } from "./pick-list.tsx";

type Asked = { search: string; ids: readonly string[] };

/** Choices shown at once, and chosen ones whose names are read: as many as an address holds. */
const limit = 50;
const namesLimit = 150;

/** Asked only where not everything fits: then the chosen ones would be out of sight. */
function inputsOf({ search, ids }: Asked) {
  return {
    found: { search: search || undefined, limit },
    chosen: { ids: ids.slice(0, namesLimit) },
  };
}

function answerOf<Item extends { id: string }>(
  query: { data: { items: Item[]; nextCursor: string | null } | undefined; isPending: boolean },
  toChoice: (item: Item) => Choice,
) {
  return {
    choices: query.data?.items.map(toChoice) ?? [],
    hasMore: Boolean(query.data?.nextCursor),
    isPending: query.isPending,
  };
}

const siteChoice = ({ id, name, city }: { id: string; name: string; city: string | null }): Choice => ({
  id,
  label: name,
  detail: city ?? undefined,
});

export function useSiteChoices(asked: Asked) {
  const inputs = inputsOf(asked);
  const found = trpc.directory.sites.list.useQuery(inputs.found, { placeholderData: keepPreviousData });
  const enabled = Boolean(found.data?.nextCursor) && asked.ids.length > 0;
  const chosen = trpc.directory.sites.list.useQuery(inputs.chosen, { enabled });
  return { found: answerOf(found, siteChoice), chosen: chosen.data?.items.map(siteChoice) ?? [] };
}

const providerChoice = ({ id, name, skills }: { id: string; name: string; skills: string[] }): Choice => ({
  id,
  label: name,
  detail: skills.join(", ") || undefined,
});

export function useProviderChoices(asked: Asked) {
  const inputs = inputsOf(asked);
  const found = trpc.directory.providers.list.useQuery(inputs.found, { placeholderData: keepPreviousData });
  const enabled = Boolean(found.data?.nextCursor) && asked.ids.length > 0;
  const chosen = trpc.directory.providers.list.useQuery(inputs.chosen, { enabled });
  return { found: answerOf(found, providerChoice), chosen: chosen.data?.items.map(providerChoice) ?? [] };
}

const serviceChoice = ({
  id,
  name,
  requiredSkills,
}: {
  id: string;
  name: string;
  requiredSkills: string[];
}) => ({
  id,
  label: name,
  detail: requiredSkills.join(", ") || undefined,
});

export function useServiceChoices(asked: Asked) {
  const inputs = inputsOf(asked);
  const found = trpc.directory.services.list.useQuery(inputs.found, { placeholderData: keepPreviousData });
  const enabled = Boolean(found.data?.nextCursor) && asked.ids.length > 0;
  const chosen = trpc.directory.services.list.useQuery(inputs.chosen, { enabled });
  return { found: answerOf(found, serviceChoice), chosen: chosen.data?.items.map(serviceChoice) ?? [] };
}
