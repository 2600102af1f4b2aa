"use client";

import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useConnectionState } from "../../trpc/connection.ts";
import { trpc } from "../../trpc/react.ts";
import { type Appointment, appointmentStatuses } from "./appointment.ts";
import { type AppointmentQuery, appointmentsKey, readList } from "./appointment-cache.ts";

const uncancelled = appointmentStatuses.filter((status) => status !== "cancelled");
/** Without the socket, changes of others are looked up this often. */
const pollingMilliseconds = 10_000;

/** Every appointment of a period; the period before stays on screen while the next one loads. */
export function useCalendarAppointments(query: AppointmentQuery) {
  const { client } = trpc.useUtils();
  const queryClient = useQueryClient();
  const isLost = useConnectionState() === "lost";

  async function readPages(signal: AbortSignal): Promise<Appointment[]> {
    const items: Appointment[] = [];
    let cursor: string | undefined;
    do {
      const page = await client.appointments.list.query(
        {
          from: query.from,
          to: query.to,
          siteIds: query.siteIds.length > 0 ? query.siteIds : undefined,
          providerIds: query.providerIds.length > 0 ? query.providerIds : undefined,
          roomIds: query.roomIds.length > 0 ? query.roomIds : undefined,
          statuses: query.statuses.length > 0 ? query.statuses : uncancelled,
          cursor,
          limit: 500,
        },
        { signal },
      );
      items.push(...page.items);
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    return items;
  }

  return useQuery({
    queryKey: appointmentsKey(query),
    queryFn: ({ signal }) => readList(queryClient, query, () => readPages(signal)),
    placeholderData: keepPreviousData,
    refetchInterval: isLost ? pollingMilliseconds : false,
  });
}
