"use client";

import { isoWeekdayOf, type LocalDate } from "@creneau/domain/time/local-date";
import { keepPreviousData } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { type Outputs, trpc } from "../../trpc/react.ts";
import { hasHours, todayIn, visibleDates, visibleRange } from "../time/calendar-period.ts";
import { useViewer } from "../viewer/viewer.tsx";
import { appointmentTitle } from "./appointment.ts";
import { backgroundEvents } from "./background-events.ts";
import { appointmentEvents } from "./calendar-events.ts";
import { visibleHours, weekdaysOf } from "./closed-time.ts";
import { firstSites } from "./first-sites.ts";
import { columnsBy, gridResources } from "./grid-resources.ts";
import { type PendingMoves, usePlaced, withPlaced } from "./pending-moves.ts";
import { placementFacts } from "./placement-obstacles.ts";
import { steadyAppointments } from "./steady-appointments.ts";
import { useCalendarAppointments } from "./use-calendar-appointments.ts";
import type { CalendarState } from "./use-calendar-state.ts";

/** What the page has read for the calendar before it reached the browser. */
export type CalendarDirectory = {
  sites: Outputs["directory"]["sites"]["list"];
  providers: Outputs["directory"]["providers"]["list"];
  rooms: Outputs["directory"]["rooms"]["list"];
  /** Of a large network only these sites were read, with who works there; null: the whole organization was. */
  siteIds: string[] | null;
};

const rarelyChanges = { staleTime: 300_000 } as const;
const weekend = [6, 7] as const;
const none: never[] = [];

type Options = {
  state: CalendarState;
  initial: CalendarDirectory;
  canChange: (appointment: { providerId: string }) => boolean;
  pending: PendingMoves;
};

/** Everything the calendar shows for a state: directory, appointments, open time, and what the grid makes of them. */
export function useCalendarData({ state, initial, canChange, pending }: Options) {
  const t = useTranslations("calendar");
  const viewer = useViewer();
  const zone = viewer.organization.timezone;
  const { view, date, providerIds, roomIds, statuses } = state;
  const by = columnsBy(view);

  // A large network is never read whole: only the sites shown, and who and what is there.
  const few = initial.siteIds && (state.siteIds?.length ? state.siteIds : initial.siteIds);
  const isInitial = few === null || String(few) === String(initial.siteIds);
  const options = { placeholderData: keepPreviousData, ...rarelyChanges };
  const scope = few ? { siteIds: few } : undefined;
  const sites =
    trpc.directory.sites.list.useQuery(few ? { ids: few } : undefined, {
      ...(isInitial && { initialData: initial.sites }),
      ...options,
    }).data?.items ?? none;
  const providers =
    trpc.directory.providers.list.useQuery(scope, {
      ...(isInitial && { initialData: initial.providers }),
      ...options,
    }).data?.items ?? none;
  const rooms =
    trpc.directory.rooms.list.useQuery(scope, {
      ...(isInitial && { initialData: initial.rooms }),
      ...options,
    }).data?.items ?? none;

  const siteIds = useMemo(
    () => few ?? state.siteIds ?? firstSites({ sites, providers, own: viewer.siteIds }),
    [few, state.siteIds, sites, providers, viewer.siteIds],
  );
  const range = useMemo(() => visibleRange({ view, date, zone }), [view, date, zone]);
  const query = useMemo(
    () => ({ ...range, siteIds, providerIds, roomIds, statuses }),
    [range, siteIds, providerIds, roomIds, statuses],
  );
  const appointments = useCalendarAppointments(query);
  const placed = usePlaced(pending);
  const known = appointments.data;
  const newest = useMemo(() => known && withPlaced(known, { placed, query }), [known, placed, query]);
  const [drawn, setDrawn] = useState(newest);
  const list = newest && steadyAppointments(drawn, newest);
  if (list !== drawn) setDrawn(list);

  const shownProviders = useMemo(
    () =>
      providers.filter(
        (provider) =>
          (providerIds.length === 0 || providerIds.includes(provider.id)) &&
          (siteIds.length === 0 || provider.siteIds.some((id) => siteIds.includes(id))),
      ),
    [providers, providerIds, siteIds],
  );
  const shownRooms = useMemo(
    () =>
      rooms.filter(
        (room) =>
          (roomIds.length === 0 || roomIds.includes(room.id)) &&
          (siteIds.length === 0 || siteIds.includes(room.siteId)),
      ),
    [rooms, roomIds, siteIds],
  );
  const resources = useMemo(
    () =>
      gridResources({
        view,
        providers: shownProviders,
        rooms: shownRooms,
        sites,
        noRoomLabel: t("noRoom"),
      }),
    [view, shownProviders, shownRooms, sites, t],
  );
  const openIds = useMemo(() => shownProviders.map(({ id }) => id), [shownProviders]);
  const openTime = trpc.availability.open.useQuery(
    { ...range, providerIds: openIds },
    {
      enabled: openIds.length > 0 && hasHours(view),
      staleTime: 60_000,
      // Of other people, the hours before stay while theirs load; of another period they would close all of it.
      placeholderData: (previous, query) => {
        const asked = query?.queryKey[1]?.input;
        return asked?.from === range.from && asked.to === range.to ? previous : undefined;
      },
    },
  ).data;

  const providerById = useMemo(
    () => new Map(providers.map((provider) => [provider.id, provider])),
    [providers],
  );
  const events = useMemo(
    () => [
      ...appointmentEvents({
        appointments: list ?? [],
        providers: providerById,
        rooms,
        canChange,
        fallbackTitle: t("busy"),
        columnsBy: by,
      }),
      ...(hasHours(view)
        ? backgroundEvents({
            ...range,
            open: openTime,
            columnsBy: by,
            roomIds: by === "room" ? resources.map(({ id }) => id) : [],
          })
        : []),
    ],
    [list, providerById, rooms, canChange, t, view, by, range, openTime, resources],
  );
  const facts = useMemo(
    () =>
      placementFacts({
        open: openTime,
        appointments: list ?? [],
        nameOf: (appointment) => appointmentTitle(appointment, t("busy")),
        isOpenTo: (providerId) => canChange({ providerId }),
      }),
    [openTime, list, t, canChange],
  );
  const frame = useMemo(() => {
    const spans = [...(list ?? []), ...(openTime?.items ?? []).flatMap(({ intervals }) => intervals)];
    const worked = weekdaysOf(spans, zone);
    const today = todayIn(zone, new Date());
    const { first, after } = visibleDates({ view, date });
    const isShown = today >= first && today < after;
    const hidden =
      (view === "week" || view === "team") && worked.size > 0
        ? weekend.filter((day) => !worked.has(day) && !(isShown && isoWeekdayOf(today as LocalDate) === day))
        : [];
    return { hours: visibleHours(spans, zone), hiddenDays: hidden.map((day) => day % 7) };
  }, [list, openTime, zone, view, date]);

  const { isPlaceholderData, fetchStatus, failureCount } = appointments;
  return {
    /** Whether the line broke before the shown period came: what is on screen is another one's. */
    isMissing: isPlaceholderData && (fetchStatus === "paused" || failureCount > 0),
    sites,
    providers,
    rooms,
    siteIds,
    query,
    appointments,
    /** Of the shown period, the newest that is known, own moves that wait for their answer included. */
    newest,
    shownProviders,
    resources,
    providerById,
    events,
    facts,
    ...frame,
  };
}
