import type { AppointmentStatus } from "@creneau/domain/appointments/status";
import type { Actor } from "../actor.ts";

import { nameAlone } from "./name-alone.ts";
import { mayReadContacts } from "./policy.ts";
import type { AppointmentView } from "./schema.ts";

/** A row of `appointment` with the names a screen shows beside it, as plain SQL answers it. */
export interface AppointmentRow {
  id: string;
  version: number;
  site_id: string;
  provider_id: string;
  room_id: string | null;
  service_id: string | null;
  service_name: string | null;
  client_id: string | null;
  client_name: string | null;
  client_email: string | null;
  client_phone: string | null;
  subject_id: string | null;
  subject_kind: string | null;
  subject_reference: string | null;
  title: string;
  description: string | null;
  starts_at: Date;
  ends_at: Date;
  busy_from: Date;
  busy_to: Date;
  lane: number;
  status: AppointmentStatus;
  source: AppointmentView["source"];
  location_kind: AppointmentView["locationKind"];
  location_detail: string | null;
  price_cents: number | null;
  hold_expires_at: Date | null;
  cancelled_at: Date | null;
  cancelled_by_id: string | null;
  cancel_reason: string | null;
  created_at: Date;
  updated_at: Date;
}

const select = (instant: (column: string) => string) => `
SELECT a.id, a.version, a.site_id, a.provider_id, a.room_id, a.service_id, s.name AS service_name,
  a.client_id, c.name AS client_name, c.email AS client_email, c.phone AS client_phone,
  a.subject_id, j.kind::text AS subject_kind, j.reference AS subject_reference,
  a.title, a.description, ${instant("starts_at")}, ${instant("ends_at")}, ${instant("busy_from")}, ${instant("busy_to")}, a.lane, a.status, a.source,
  a.location_kind, a.location_detail, a.price_cents, ${instant("hold_expires_at")},
  ${instant("cancelled_at")}, a.cancelled_by_id, a.cancel_reason, ${instant("created_at")}, ${instant("updated_at")}
FROM appointment a
LEFT JOIN service s ON s.organization_id = a.organization_id AND s.id = a.service_id
LEFT JOIN client c ON c.organization_id = a.organization_id AND c.id = a.client_id
LEFT JOIN subject j ON j.organization_id = a.organization_id AND j.id = a.subject_id`;

/** Columns and joins of `AppointmentRow`; every join carries the organization. */
export const appointmentSelect = select((column) => `a.${column}`);
/** The same as `AppointmentJson`, for long lists: making dates and printing them was a quarter of reading five hundred. */
export const appointmentTextSelect = select((column) => `a.${column}::text AS ${column}`);

/** A row of `AppointmentRow` whose instants are text in UTC, as PostgreSQL or its JSON writes them. */
export type AppointmentJson = {
  [Column in keyof AppointmentRow]: AppointmentRow[Column] extends Date
    ? string
    : AppointmentRow[Column] extends Date | null
      ? Exclude<AppointmentRow[Column], Date> | string
      : AppointmentRow[Column];
};

/** The row that an SQL function has answered as JSON. */
export function rowFromJson(json: AppointmentJson): AppointmentRow {
  return {
    ...json,
    starts_at: new Date(json.starts_at),
    ends_at: new Date(json.ends_at),
    busy_from: new Date(json.busy_from),
    busy_to: new Date(json.busy_to),
    hold_expires_at: json.hold_expires_at === null ? null : new Date(json.hold_expires_at),
    cancelled_at: json.cancelled_at === null ? null : new Date(json.cancelled_at),
    created_at: new Date(json.created_at),
    updated_at: new Date(json.updated_at),
  };
}

/** As `Date.prototype.toISOString` writes it, from `2026-03-29 01:00:00.5+00` too. */
function isoInstant(at: Date | string): string {
  if (typeof at !== "string") return at.toISOString();
  const milliseconds = at[19] === "." ? at.slice(20, at.indexOf("+", 20)).slice(0, 3).padEnd(3, "0") : "000";
  return `${at.slice(0, 10)}T${at.slice(11, 19)}.${milliseconds}Z`;
}

/** The row as the contract shows it: ISO instants, camel case. */
export function toAppointmentView(row: AppointmentRow | AppointmentJson): AppointmentView {
  return {
    id: row.id,
    version: row.version,
    siteId: row.site_id,
    providerId: row.provider_id,
    roomId: row.room_id,
    serviceId: row.service_id,
    serviceName: row.service_name,
    clientId: row.client_id,
    clientName: row.client_name,
    clientEmail: row.client_email,
    clientPhone: row.client_phone,
    subjectId: row.subject_id,
    subjectKind: row.subject_kind,
    subjectReference: row.subject_reference,
    title: row.title,
    description: row.description,
    startsAt: isoInstant(row.starts_at),
    endsAt: isoInstant(row.ends_at),
    busyFrom: isoInstant(row.busy_from),
    busyTo: isoInstant(row.busy_to),
    lane: row.lane,
    status: row.status,
    source: row.source,
    locationKind: row.location_kind,
    locationDetail: row.location_detail,
    priceCents: row.price_cents,
    holdExpiresAt: row.hold_expires_at && isoInstant(row.hold_expires_at),
    cancelledAt: row.cancelled_at && isoInstant(row.cancelled_at),
    cancelReason: row.cancel_reason,
    createdAt: isoInstant(row.created_at),
    updatedAt: isoInstant(row.updated_at),
  };
}

/** The same as this actor may read it: who has no access to clients reads names, not how to reach them. */
export function appointmentViewFor(actor: Actor, row: AppointmentRow | AppointmentJson): AppointmentView {
  const view = toAppointmentView(row);
  if (mayReadContacts(actor)) return view;
  return {
    ...view,
    clientName: view.clientName && nameAlone(view.clientName),
    clientEmail: null,
    clientPhone: null,
  };
}
