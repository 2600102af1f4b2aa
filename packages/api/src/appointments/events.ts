/** What can happen to an appointment. Names are stable; payloads hold ids and times, never a whole row. */
export const appointmentEvents = {
  created: "appointment.created",
  moved: "appointment.moved",
  updated: "appointment.updated",
  cancelled: "appointment.cancelled",
  statusChanged: "appointment.status_changed",
  undone: "appointment.undone",
  holdExpired: "appointment.hold_expired",
} as const;

export type AppointmentEvent = (typeof appointmentEvents)[keyof typeof appointmentEvents];

/** Payload of every appointment event. */
export interface AppointmentEventPayload {
  providerId: string;
  siteId: string;
  roomId: string | null;
  startsAt: string;
  /** Of a move to another provider: whose agenda it left. */
  previousProviderId?: string;
  /** Of a new one: what came along with it, and may be new to the directory. */
  brings?: ("client" | "subject")[];
}
