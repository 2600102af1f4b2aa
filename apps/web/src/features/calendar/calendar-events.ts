import type { EventInput } from "@fullcalendar/core";
import { type Appointment, appointmentTitle, type Provider } from "./appointment.ts";
import { closedSpans } from "./closed-time.ts";

type OpenTime = { providerId: string; intervals: { startsAt: string; endsAt: string }[] };

/** What an event of the grid carries beside its time. */
export type AppointmentEventProps = { appointment: Appointment; colour: string; providerName: string };

const neutralColour = "#64748b";
const settled = new Set<Appointment["status"]>(["completed", "no_show", "cancelled", "in_progress"]);

type AppointmentEventsRequest = {
  appointments: readonly Appointment[];
  providers: ReadonlyMap<string, Provider>;
  /** Whether this person may move this appointment; the server has the last word. */
  canChange: (appointment: Appointment) => boolean;
  fallbackTitle: string;
};

/** Appointments as events of the grid, coloured by provider. */
export function appointmentEvents(request: AppointmentEventsRequest): EventInput[] {
  return request.appointments.map((appointment) => {
    const provider = request.providers.get(appointment.providerId);
    const extendedProps: AppointmentEventProps = {
      appointment,
      colour: provider?.colour ?? neutralColour,
      providerName: provider?.name ?? "",
    };
    return {
      id: appointment.id,
      title: appointmentTitle(appointment, request.fallbackTitle),
      start: appointment.startsAt,
      end: appointment.endsAt,
      resourceId: appointment.providerId,
      editable: request.canChange(appointment) && !settled.has(appointment.status),
      extendedProps,
    };
  });
}

type ClosedEventsRequest = {
  from: string;
  to: string;
  open: readonly OpenTime[];
  /** Provider columns shade each column; otherwise only what is closed for everybody is shaded. */
  byProvider: boolean;
};

/** Closed time as background events. */
export function closedEvents({ from, to, open, byProvider }: ClosedEventsRequest): EventInput[] {
  if (open.length === 0) return [];
  const shade = (intervals: OpenTime["intervals"], key: string, resourceId?: string): EventInput[] =>
    closedSpans({ from, to, open: intervals }).map((span) => ({
      id: `closed-${key}-${span.startsAt}`,
      start: span.startsAt,
      end: span.endsAt,
      display: "background",
      classNames: ["is-closed"],
      ...(resourceId ? { resourceId } : {}),
    }));
  if (byProvider) {
    return open.flatMap((each) => shade(each.intervals, each.providerId, each.providerId));
  }
  return shade(
    open.flatMap((each) => each.intervals),
    "everybody",
  );
}
