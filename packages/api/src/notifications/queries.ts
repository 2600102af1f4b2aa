import type { TenantSql } from "@creneau/db/in-tenant";
import { toldZone } from "@creneau/domain/appointments/told-zone";
import { type Zone, zone } from "@creneau/domain/time/zone";
import { type MailLocale, mailLocale } from "../messages/format-when.ts";
import type { ToldState } from "./decide-notice.ts";

/** A person a notice is for. */
export interface Reader {
  email: string;
  name: string;
  locale: MailLocale;
  /** By whose clock they are told: the site's for whoever comes there, their own for a call. */
  timezone: Zone;
  /** Whether this is the client: they alone may move or cancel by a link. */
  isClient: boolean;
}

/** Everything a notice may say of an appointment; notes, reasons and titles are not among it. */
export interface AppointmentFacts {
  version: number;
  changedAt: Date;
  state: ToldState;
  clientId: string | null;
  serviceName: string | null;
  providerName: string;
  siteName: string;
  siteAddress: string | null;
  organizationName: string;
  phone: string | null;
  readers: Reader[];
  /** People whom the client invites, and who are told once the client's own address has answered. */
  heldBackGuests: number;
}

interface FactsRow {
  version: number;
  updated_at: Date;
  client_id: string | null;
  status: ToldState["status"];
  starts_at: Date;
  ends_at: Date;
  provider_id: string;
  site_id: string;
  service_id: string | null;
  location_kind: ToldState["locationKind"];
  location_detail: string | null;
  service_name: string | null;
  provider_name: string;
  site_name: string;
  address: string | null;
  postal_code: string | null;
  city: string | null;
  site_timezone: string;
  organization_name: string;
  organization_locale: string;
  phone: string | null;
  client_email: string | null;
  client_name: string | null;
  client_locale: string | null;
  client_timezone: string | null;
  attendees: { name: string; email: string }[];
  held_back: number;
}

/**
 * The appointment as its readers may know it; null when there is nothing to tell anybody: it does not exist, is a hold,
 * has begun, or ended before `now`.
 */
export async function readAppointmentFacts(
  tx: TenantSql,
  { appointmentId, now }: { appointmentId: string; now: Date },
): Promise<AppointmentFacts | null> {
  const [row] = await tx.query<FactsRow>(
    `SELECT a.version, a.updated_at, a.client_id, a.status, a.starts_at, a.ends_at, a.provider_id, a.site_id, a.service_id, a.location_kind,
            a.location_detail, s.name AS service_name, p.name AS provider_name, t.name AS site_name, t.address,
            t.postal_code, t.city, t.timezone AS site_timezone, o.name AS organization_name,
            o.locale AS organization_locale, coalesce(t.phone, o.phone) AS phone, c.email AS client_email,
            c.name AS client_name, c.locale AS client_locale, c.timezone AS client_timezone,
            (SELECT coalesce(jsonb_agg(jsonb_build_object('name', i.name, 'email', i.email) ORDER BY i.id), '[]')
             FROM attendee i WHERE i.organization_id = a.organization_id AND i.appointment_id = a.id
               AND i.email IS NOT NULL AND i.status <> 'declined' AND NOT i.is_held_back) AS attendees,
            (SELECT count(*)::integer FROM attendee i WHERE i.organization_id = a.organization_id
               AND i.appointment_id = a.id AND i.is_held_back) AS held_back
     FROM appointment a
     JOIN organization o ON o.id = a.organization_id
     JOIN provider p ON p.organization_id = a.organization_id AND p.id = a.provider_id
     JOIN site t ON t.organization_id = a.organization_id AND t.id = a.site_id
     LEFT JOIN service s ON s.organization_id = a.organization_id AND s.id = a.service_id
     LEFT JOIN client c ON c.organization_id = a.organization_id AND c.id = a.client_id
     WHERE a.id = $1::uuid AND a.status IN ('pending', 'confirmed', 'cancelled') AND a.ends_at > $2::timestamptz`,
    [appointmentId, now],
    "notification_facts",
  );
  return row ? toFacts(row) : null;
}

function toFacts(row: FactsRow): AppointmentFacts {
  const town = [row.postal_code, row.city].filter(Boolean).join(" ");
  return {
    version: row.version,
    changedAt: row.updated_at,
    clientId: row.client_id,
    state: {
      startsAt: row.starts_at.toISOString(),
      endsAt: row.ends_at.toISOString(),
      status: row.status,
      providerId: row.provider_id,
      siteId: row.site_id,
      serviceId: row.service_id,
      locationKind: row.location_kind,
      locationDetail: row.location_detail,
    },
    serviceName: row.service_name,
    providerName: row.provider_name,
    siteName: row.site_name,
    siteAddress: [row.address, town].filter(Boolean).join(", ") || null,
    organizationName: row.organization_name,
    phone: row.phone,
    readers: toReaders(row),
    heldBackGuests: row.held_back,
  };
}

/** The client in their own language, attendees in the organization's. One mail an address. */
function toReaders(row: FactsRow): Reader[] {
  const readers = new Map<string, Reader>();
  const siteZone = zone(row.site_timezone);
  const clientZone = row.client_timezone === null ? null : zone(row.client_timezone);
  const zoneOf = (readerZone: Zone | null) =>
    toldZone({ locationKind: row.location_kind, siteZone, readerZone });
  for (const { name, email } of row.attendees) {
    readers.set(email.toLowerCase(), {
      email,
      name,
      locale: mailLocale(row.organization_locale),
      timezone: zoneOf(null),
      isClient: false,
    });
  }
  if (row.client_email) {
    readers.set(row.client_email.toLowerCase(), {
      email: row.client_email,
      name: row.client_name ?? "",
      locale: mailLocale(row.client_locale ?? row.organization_locale),
      timezone: zoneOf(clientZone),
      isClient: true,
    });
  }
  return [...readers.values()];
}

/** What each address was last told about the appointment. */
export async function readLastTold(tx: TenantSql, appointmentId: string): Promise<Map<string, ToldState>> {
  const rows = await tx.query<{ recipient: string; told: ToldState }>(
    `SELECT DISTINCT ON (recipient) recipient, told FROM notification
     WHERE appointment_id = $1::uuid AND channel = 'email' AND sent_at IS NOT NULL
     ORDER BY recipient, sent_at DESC, id DESC`,
    [appointmentId],
    "notification_last_told",
  );
  return new Map(rows.map(({ recipient, told }) => [recipient.toLowerCase(), told]));
}

/**
 * Whether the change that made this version of the appointment was taken back. One that is being taken back at this moment
 * is waited for: what is read of the appointment afterwards is as it leaves it.
 */
export async function readWasUndone(
  tx: TenantSql,
  { appointmentId, version }: { appointmentId: string; version: number },
): Promise<boolean> {
  const rows = await tx.query<{ undone: boolean }>(
    "SELECT used_at IS NOT NULL AS undone FROM undo WHERE appointment_id = $1::uuid AND version_after = $2::integer FOR SHARE",
    [appointmentId, version],
    "notification_was_undone",
  );
  return rows.some(({ undone }) => undone);
}
