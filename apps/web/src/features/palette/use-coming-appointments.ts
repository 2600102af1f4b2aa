"use client";

import { useMemo } from "react";
import { trpc } from "../../trpc/react.ts";

const day = 86_400_000;

/** The next appointments that answer to a text, from yesterday to two months ahead. */
export function useComingAppointments(query: string) {
  // As the palette opens: a range that moved with each key would never meet the cache.
  const range = useMemo(() => {
    const hour = Math.floor(Date.now() / 3_600_000) * 3_600_000;
    const from = new Date(hour - day).toISOString();
    return { from, to: new Date(hour + 60 * day).toISOString() };
  }, []);
  const isLong = query.length >= 3;
  const list = trpc.appointments.list.useQuery(
    { ...range, search: query, limit: 5 },
    { enabled: isLong, staleTime: 10_000 },
  );
  return { items: isLong ? (list.data?.items ?? []) : [], isFetching: isLong && list.isFetching };
}
