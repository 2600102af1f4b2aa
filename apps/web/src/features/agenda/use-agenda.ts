import { useMemo } from "react";
import { trpc } from "../../trpc/react.ts";
import { useLiveRefresh } from "../appointments/use-live-refresh.ts";
import { useDirectory } from "../directory/use-directory.ts";
import { useUrlState } from "../directory/use-url-state.ts";
import { localDate } from "../time/format-time.ts";
import { dateIn, periodOf } from "../time/period.ts";
import { useViewer } from "../viewer/viewer.tsx";

/** How many days the agenda shows at once. */
export const agendaRanges = [
  { days: 1, key: "day" },
  { days: 7, key: "week" },
  { days: 30, key: "month" },
] as const;

/** The agenda's period and filters, which live in the address, and the appointments in them, by day. */
export function useAgenda() {
  const zone = useViewer().organization.timezone;
  const url = useUrlState();
  const today = localDate({ instant: new Date().toISOString(), zone });
  const date = dateIn(url.get("date")) ?? today;
  const days = agendaRanges.find((each) => String(each.days) === url.get("days"))?.days ?? 7;
  const siteId = url.get("site") ?? "";
  const providerId = url.get("provider") ?? "";
  const { dates, from, to } = useMemo(() => periodOf({ date, days, zone }), [date, days, zone]);
  const { refetchInterval } = useLiveRefresh();
  const list = trpc.appointments.list.useInfiniteQuery(
    { from, to, siteIds: siteId ? [siteId] : undefined, providerIds: providerId ? [providerId] : undefined },
    {
      getNextPageParam: (page) => page.nextCursor,
      placeholderData: (previous) => previous,
      refetchInterval,
    },
  );
  const items = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const directory = useDirectory({
    appointments: items,
    siteIds: [siteId],
    providerIds: [providerId],
    within: [siteId],
  });
  const byDate = useMemo(
    () => Map.groupBy(items, ({ startsAt }) => localDate({ instant: startsAt, zone })),
    [items, zone],
  );
  return { url, today, date, days, dates, siteId, providerId, list, items, byDate, directory };
}

export type Agenda = ReturnType<typeof useAgenda>;
