"use client";

import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useCallback, useEffect, useMemo, useState } from "react";
import { joinClasses } from "../../components/join-classes.ts";
import { useIsNarrow } from "../../components/use-is-narrow.ts";
import { trpc } from "../../trpc/react.ts";
import { type CalendarView, calendarViews, stepDate } from "../time/calendar-period.ts";
import { localDate } from "../time/format-time.ts";
import { calendarRights } from "../viewer/calendar-rights.ts";
import { useViewer } from "../viewer/viewer.tsx";
import { type Appointment, appointmentStatuses } from "./appointment.ts";
import { CalendarBody } from "./calendar-body.tsx";
import { noRoom } from "./calendar-events.ts";
import { CalendarGrid, type Selection } from "./calendar-grid.tsx";
import { type CalendarPanel, type Draft, onlyOne, timeOffDraft } from "./calendar-panel.ts";
import { CalendarToolbar } from "./calendar-toolbar.tsx";
import type { FilterGroup } from "./filter-menu.tsx";
import { createGesture } from "./gesture.ts";
import { loadGridPlugins, useGridPlugins } from "./grid-plugins.ts";
import { columnsBy } from "./grid-resources.ts";
import { focusAppointment } from "./kept-focus.ts";
import { createAnnouncer, LiveRegion } from "./live-region.tsx";
import { createPendingMoves } from "./pending-moves.ts";
import { looksSame } from "./steady-appointments.ts";
import { useCalendarCommands } from "./use-calendar-commands.ts";
import { type CalendarDirectory, useCalendarData } from "./use-calendar-data.ts";
import { useCalendarKeys } from "./use-calendar-keys.ts";
import { narrowViews, useCalendarState } from "./use-calendar-state.ts";
import { useCancelAppointment } from "./use-cancel-appointment.ts";
import { useDensity } from "./use-density.ts";
import { useLiveAppointments } from "./use-live-appointments.ts";
import { useLiveNames } from "./use-live-names.ts";
import { useMoveAppointment } from "./use-move-appointment.ts";
import { useUndo } from "./use-undo.tsx";

// What opens on demand is loaded on demand, and fetched in the quiet after the first paint.
const loadDetails = () => import("./appointment-panel.tsx");
const loadCreate = () => import("./create-panel.tsx");
const AppointmentPanel = dynamic(loadDetails, { ssr: false });
const CreatePanel = dynamic(loadCreate, { ssr: false });
const SearchDialog = dynamic(() => import("./search-dialog.tsx"), { ssr: false });
const KeyboardHelp = dynamic(() => import("./keyboard-help.tsx"), { ssr: false });
// Asked for with the appointments it prints, not before.
const DaySheet = dynamic(() => import("./day-sheet.tsx").then((part) => part.DaySheet), { ssr: false });

// What is not there by then is asked for again when it is wanted.
const later = [loadDetails, loadCreate, () => loadGridPlugins("columns"), () => loadGridPlugins("list")];

/** The calendar of staff: data, filters, live changes and moves around one grid. */
export default function CalendarScreen({ directory }: { directory: CalendarDirectory }) {
  const t = useTranslations("calendar");
  const viewer = useViewer();
  const { timezone: zone, slotMinutes, preset, hasManySites } = viewer.organization;
  const rights = useMemo(() => calendarRights(viewer), [viewer]);
  const { canChange, canForce, canCreate } = rights;
  const [state, change] = useCalendarState();
  const { view, date } = state;
  const [panel, setPanel] = useState<CalendarPanel>(null);
  const [overlay, setOverlay] = useState<"help" | "search" | "date" | null>(null);
  const [announcer] = useState(createAnnouncer);
  const [density] = useDensity();
  const isNarrow = useIsNarrow();

  const [pending] = useState(createPendingMoves);
  const [gesture] = useState(createGesture);
  const data = useCalendarData({ state, initial: directory, canChange, pending });
  const { appointments, providers, rooms, sites, providerById } = data;
  const { offerUndo, undoLast } = useUndo();
  const names = useMemo(
    () => ({
      provider: (id: string) => providerById.get(id)?.name ?? "",
      room: (id: string) => rooms.find((each) => each.id === id)?.name ?? "",
    }),
    [providerById, rooms],
  );
  const move = useMoveAppointment({ offerUndo, canForce, pending, names });
  const cancel = useCancelAppointment(offerUndo);
  const plugins = useGridPlugins(view);
  const { pulsing } = useLiveAppointments(data.query);
  useLiveNames();
  useEffect(() => {
    const timer = setTimeout(() => void Promise.all(later.map((load) => load().catch(() => null))), 1_500);
    return () => clearTimeout(timer);
  }, []);

  const list = data.newest;
  const findAppointment = useCallback((id: string) => list?.find((each) => each.id === id), [list]);
  const openId = panel?.kind === "details" ? panel.id : "";
  const listed = openId ? findAppointment(openId) : undefined;
  // Found by the search, or moved out of the shown period by somebody: read on its own.
  const single = trpc.appointments.byId.useQuery(
    { id: openId },
    { enabled: openId !== "" && !listed && !appointments.isFetching },
  ).data;
  const openAppointment: Appointment | undefined = listed ?? (single?.id === openId ? single : undefined);

  const openDetails = (id: string, isEditing = false) => setPanel({ kind: "details", id, isEditing });
  const openCreate = (draft: Draft) => setPanel({ kind: "create", draft, key: Date.now() });
  const closePanel = () => setPanel(null);

  const bookable = useMemo(() => providers.filter(rights.canBookFor), [providers, rights]);
  const bookableIds = data.shownProviders.filter(rights.canBookFor).map(({ id }) => id);
  const offeredViews = calendarViews.filter(
    (each: CalendarView) =>
      (!isNarrow || narrowViews.includes(each)) &&
      (each !== "rooms" || rooms.length > 0) &&
      ((each !== "columns" && each !== "team") || providers.length > 1),
  );
  const { commands, cutId, cursor } = useCalendarCommands({
    state,
    zone,
    slotMinutes,
    hours: data.hours,
    hiddenDays: data.hiddenDays,
    resources: data.resources,
    offeredViews,
    facts: data.facts,
    announcer,
    pending,
    canChange,
    canCreate,
    bookableIds,
    change,
    move,
    cancel,
    undoLast,
    onCreate: openCreate,
    onOpen: openDetails,
    onEdit: (id) => openDetails(id, true),
    onSearch: () => setOverlay("search"),
    onGoToDate: () => setOverlay("date"),
    onHelp: () => setOverlay("help"),
  });
  useCalendarKeys(commands, gesture);

  function select({ startsAt, endsAt, resourceId, isClick }: Selection) {
    const by = columnsBy(view);
    openCreate({
      startsAt,
      // A click marks a start only: the service says how long it lasts.
      endsAt: isClick ? null : endsAt,
      providerId: by === "provider" ? resourceId : onlyOne(state.providerIds, viewer.providerId),
      roomId: by === "room" && resourceId !== noRoom ? resourceId : null,
    });
  }

  const filters: FilterGroup[] = [
    {
      key: "sites",
      label: t("sites"),
      choices: sites.length > 1 || hasManySites ? sites : [],
      isSearched: hasManySites,
      selected: data.siteIds,
      onChange: (siteIds: string[]) => change({ siteIds }),
    },
    {
      key: "providers",
      label: t("providers", { preset }),
      choices: providers.length > 1 ? providers : [],
      selected: state.providerIds,
      onChange: (providerIds: string[]) => change({ providerIds }),
    },
    {
      key: "rooms",
      label: t("rooms"),
      choices: rooms,
      selected: state.roomIds,
      onChange: (roomIds: string[]) => change({ roomIds }),
    },
    {
      key: "statuses",
      label: t("status"),
      choices: appointmentStatuses.map((id) => ({ id, name: t(`statuses.${id}`) })),
      selected: state.statuses,
      onChange: (ids: string[]) =>
        change({ statuses: appointmentStatuses.filter((each) => ids.includes(each)) }),
    },
  ].filter(({ choices, isSearched }) => choices.length > 0 || isSearched);

  return (
    <div className={joinClasses("flex min-h-0 flex-1 flex-col", panel && "lg:mr-96 print:mr-0")}>
      <CalendarToolbar
        state={state}
        offeredViews={offeredViews}
        filters={filters}
        isRefreshing={appointments.isFetching && !appointments.isPending}
        isDateOpen={overlay === "date"}
        onDateOpenChange={(isOpen) => setOverlay(isOpen ? "date" : null)}
        onChange={change}
        onHelp={() => setOverlay("help")}
        onSearch={() => setOverlay("search")}
        onCreate={canCreate ? commands.onCreate : undefined}
      />
      <CalendarBody
        isLoading={!plugins || (appointments.isPending && !appointments.isError)}
        isFailed={appointments.isError && !list}
        hasProviders={providers.length > 0}
        isEmpty={list?.length === 0 && view !== "list"}
        isMissing={data.isMissing}
        onSwipe={(step) => change({ date: stepDate({ view, date, zone, step }) })}
        onRetry={() => void appointments.refetch()}
      >
        {plugins && (
          <CalendarGrid
            plugins={plugins}
            gesture={gesture}
            view={view}
            date={date}
            zone={zone}
            slotMinutes={slotMinutes}
            hours={data.hours}
            hiddenDays={data.hiddenDays}
            density={density}
            events={data.events}
            resources={data.resources}
            facts={data.facts}
            pulsing={pulsing}
            cutId={cutId}
            cursor={cursor}
            canCreate={canCreate}
            isSelecting={panel?.kind === "create"}
            onMove={(request) => {
              const { appointment } = request;
              const known = findAppointment(appointment.id);
              // What was drawn may look the same as its newest version, and is moved as that; else as what was seen.
              return move({
                ...request,
                appointment: known && looksSame(known, appointment) ? known : appointment,
              });
            }}
            onOpen={openDetails}
            onOpenDay={(day) => change({ view: "day", date: day })}
            onSelect={select}
            onTimeOff={(id) => {
              const at = timeOffDraft(data.facts, id);
              if (at && canCreate) openCreate(at);
            }}
          />
        )}
      </CalendarBody>
      {openAppointment && panel?.kind === "details" && (
        <AppointmentPanel
          key={openAppointment.id}
          appointment={openAppointment}
          isEditing={panel.isEditing}
          directory={{ providers, rooms, sites }}
          canChange={canChange}
          onEdit={(isEditing) => openDetails(openAppointment.id, isEditing)}
          onMove={move}
          onCancel={async (appointment) => {
            if (await cancel(appointment)) closePanel();
          }}
          offerUndo={offerUndo}
          onClose={closePanel}
        />
      )}
      {panel?.kind === "create" && (
        <CreatePanel
          key={panel.key}
          draft={panel.draft}
          providers={bookable}
          rooms={rooms}
          facts={data.facts}
          canForce={canForce}
          blockable={providers.filter(rights.canBlock)}
          onCreated={({ id }) => {
            closePanel();
            setTimeout(() => focusAppointment(id), 50);
          }}
          onClose={closePanel}
        />
      )}
      {overlay === "search" && (
        <SearchDialog
          onClose={() => setOverlay(null)}
          onPick={(found) => {
            setOverlay(null);
            change({ date: localDate({ instant: found.startsAt, zone }) });
            openDetails(found.id);
          }}
        />
      )}
      {overlay === "help" && <KeyboardHelp onClose={() => setOverlay(null)} />}
      {list && (
        <DaySheet
          appointments={list}
          providers={providerById}
          rooms={rooms}
          period={{ view, date, zone }}
          organization={viewer.organization.name}
        />
      )}
      <LiveRegion announcer={announcer} />
    </div>
  );
}
