"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useConnectionState } from "../../trpc/connection.ts";
import { trpc } from "../../trpc/react.ts";
import type { Appointment } from "./appointment.ts";
import { type AppointmentQuery, appointmentsKey } from "./appointment-cache.ts";

const shownStatuses: Appointment["status"][] = [
  "held",
  "pending",
  "confirmed",
  "in_progress",
  "completed",
  "no_show",
];
/** Without the socket, changes of others are looked up this often. */
const pollingMilliseconds = 10_000;

/** Every appointment of a period; the period before stays on screen while the next one loads. */
export function useCalendarAppointments(query: AppointmentQuery) {
  const { client } = trpc.useUtils();
  const isLost = useConnectionState() === "lost";
  return useQuery({
    queryKey: appointmentsKey(query),
    queryFn: async ({ signal }) => {
      const items: Appointment[] = [];
      let cursor: string | undefined;
      do {
        const page = await client.appointments.list.query(
          {
            from: query.from,
            to: query.to,
            siteIds: query.siteIds.length > 0 ? query.siteIds : undefined,
            providerIds: query.providerIds.length > 0 ? query.providerIds : undefined,
            statuses: shownStatuses,
            cursor,
            limit: 500,
          },
          { signal },
        );
        items.push(...page.items);
        cursor = page.nextCursor ?? undefined;
      } while (cursor);
      return items;
    },
    placeholderData: keepPreviousData,
    refetchInterval: isLost ? pollingMilliseconds : false,
  });
}
