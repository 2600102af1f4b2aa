"use client";

import { DateTime } from "luxon";
import { useTranslations } from "next-intl";
import { useCallback, useMemo, useState } from "react";
import { classNames } from "../../components/class-names.ts";
import { type Outputs, trpc } from "../../trpc/react.ts";
import { useViewer } from "../shell/viewer.tsx";
import { AppointmentPanel } from "./appointment-panel.tsx";
import { CalendarBody } from "./calendar-body.tsx";
import { appointmentEvents, closedEvents } from "./calendar-events.ts";
import { CalendarGrid } from "./calendar-grid.tsx";
import { stepDate, visibleRange } from "./calendar-period.ts";
import { calendarRights } from "./calendar-rights.ts";
import { CalendarToolbar } from "./calendar-toolbar.tsx";
import { visibleHours, weekdaysOf } from "./closed-time.ts";
import { firstSites } from "./first-sites.ts";
import { KeyboardHelp } from "./keyboard-help.tsx";
import { useCalendarAppointments } from "./use-calendar-appointments.ts";
import { type Nudge, useCalendarKeys } from "./use-calendar-keys.ts";
import { useCalendarState } from "./use-calendar-state.ts";
import { useLiveAppointments } from "./use-live-appointments.ts";
import { useMoveAppointment } from "./use-move-appointment.ts";
import { useUndo } from "./use-undo.tsx";

/** What the page has read for the calendar before it reached the browser. */
export type CalendarDirectory = {
  sites: Outputs["directory"]["sites"]["list"];
  providers: Outputs["directory"]["providers"]["list"];
};

const rarelyChanges = { staleTime: 300_000 } as const;

const weekend = [6, 7] as const;

/** The calendar of staff: data, filters, live changes and moves around one grid. */
export default function CalendarScreen({ directory }: { directory: CalendarDirectory }) {
  const t = useTranslations("calendar");
  const viewer = useViewer();
  const { timezone: zone, slotMinutes } = viewer.organization;
  const { canChange, canForce } = useMemo(() => calendarRights(viewer), [viewer]);
  const [state, change] = useCalendarState();
  const [openId, setOpenId] = useState<string | null>(null);
  const [isHelpOpen, setIsHelpOpen] = useState(false);

  const sites = trpc.directory.sites.list.useQuery(undefined, {
    initialData: directory.sites,
    ...rarelyChanges,
  });
  const providers = trpc.directory.providers.list.useQuery(undefined, {
    initialData: directory.providers,
    ...rarelyChanges,
  });

  const { view, date, providerIds } = state;
  const siteIds = useMemo(
    () =>
      state.siteIds ??
      firstSites({ sites: sites.data.items, providers: providers.data.items, own: viewer.siteIds }),
    [state.siteIds, sites.data, providers.data, viewer.siteIds],
  );
  const range = useMemo(() => visibleRange({ view, date, zone }), [view, date, zone]);
  const query = useMemo(() => ({ ...range, siteIds, providerIds }), [range, siteIds, providerIds]);

  const appointments = useCalendarAppointments(query);
  const columns = useMemo(
    () =>
      providers.data.items.filter(
        (provider) =>
          (providerIds.length === 0 || providerIds.includes(provider.id)) &&
          (siteIds.length === 0 || provider.siteIds.some((id) => siteIds.includes(id))),
      ),
    [providers.data, providerIds, siteIds],
  );
  const columnIds = useMemo(() => columns.map((provider) => provider.id), [columns]);
  const openTime = trpc.availability.open.useQuery(
    { ...range, providerIds: columnIds },
    { enabled: columnIds.length > 0, staleTime: 60_000, placeholderData: (previous) => previous },
  );

  const { offerUndo, undoLast } = useUndo();
  const move = useMoveAppointment({ offerUndo, canForce });
  const { pulsing } = useLiveAppointments(query);

  const providerById = useMemo(
    () => new Map(providers.data.items.map((provider) => [provider.id, provider])),
    [providers.data],
  );
  const events = useMemo(
    () => [
      ...appointmentEvents({
        appointments: appointments.data ?? [],
        providers: providerById,
        canChange,
        fallbackTitle: t("busy"),
      }),
      ...(view === "month" || view === "list"
        ? []
        : closedEvents({ ...range, open: openTime.data?.items ?? [], byProvider: view === "columns" })),
    ],
    [appointments.data, providerById, canChange, t, view, range, openTime.data],
  );
  const grid = useMemo(() => {
    const spans = [
      ...(appointments.data ?? []),
      ...(openTime.data?.items ?? []).flatMap((each) => each.intervals),
    ];
    const today = DateTime.now().setZone(zone);
    const isToday = (weekday: number) =>
      weekday === today.weekday &&
      today >= DateTime.fromISO(range.from) &&
      today < DateTime.fromISO(range.to);
    const worked = weekdaysOf(spans, zone);
    const hiddenDays =
      view === "week" && worked.size > 0 ? weekend.filter((day) => !worked.has(day) && !isToday(day)) : [];
    return { hours: visibleHours(spans, zone), hiddenDays: hiddenDays.map((day) => day % 7) };
  }, [appointments.data, openTime.data, zone, view, range]);

  const nudge = useCallback(
    async ({ appointmentId, minutes, days }: Nudge) => {
      const appointment = appointments.data?.find((each) => each.id === appointmentId);
      if (!appointment || !canChange(appointment)) return;
      const shift = (instant: string) =>
        DateTime.fromISO(instant, { zone }).plus({ days, minutes }).toUTC().toISO() ?? instant;
      await move({
        appointment,
        startsAt: shift(appointment.startsAt),
        endsAt: shift(appointment.endsAt),
      });
      // The grid draws a moved event anew; the next key must find it again.
      document.querySelector<HTMLElement>(`[data-appointment-id="${CSS.escape(appointmentId)}"]`)?.focus();
    },
    [appointments.data, canChange, move, zone],
  );
  useCalendarKeys({
    state,
    zone,
    slotMinutes,
    onChange: change,
    onUndo: undoLast,
    onNudge: nudge,
    onHelp: () => setIsHelpOpen(true),
  });

  const openAppointment = appointments.data?.find((each) => each.id === openId);
  const isLoading = appointments.isPending && !appointments.isError;
  return (
    <div className={classNames("flex min-h-0 flex-1 flex-col", openAppointment && "lg:mr-96")}>
      <CalendarToolbar
        state={{ ...state, siteIds }}
        sites={sites.data.items}
        providers={providers.data.items}
        isRefreshing={appointments.isFetching && !appointments.isPending}
        onChange={change}
        onHelp={() => setIsHelpOpen(true)}
      />
      <CalendarBody
        isLoading={isLoading}
        isFailed={appointments.isError && !appointments.data}
        hasProviders={providers.data.items.length > 0}
        isEmpty={appointments.data?.length === 0 && view !== "list"}
        onSwipe={(step) => change({ date: stepDate({ view, date, zone, step }) })}
        onRetry={() => void appointments.refetch()}
      >
        <CalendarGrid
          view={view}
          date={date}
          zone={zone}
          slotMinutes={slotMinutes}
          hours={grid.hours}
          hiddenDays={grid.hiddenDays}
          events={events}
          columns={columns}
          pulsing={pulsing}
          onMove={move}
          onOpen={setOpenId}
          onOpenDay={(day) => change({ view: "day", date: day })}
        />
      </CalendarBody>
      <AppointmentPanel
        key={openId}
        appointment={openAppointment}
        providers={providers.data.items}
        sites={sites.data.items}
        canChange={canChange}
        onMove={move}
        offerUndo={offerUndo}
        onClose={() => setOpenId(null)}
      />
      <KeyboardHelp open={isHelpOpen} onOpenChange={setIsHelpOpen} />
    </div>
  );
}
