import { inTenantSql } from "@creneau/db/in-tenant";
import { toldZone } from "@creneau/domain/appointments/told-zone";
import { DAY_MS } from "@creneau/domain/time/instant";
import { zone } from "@creneau/domain/time/zone";
import type { Services } from "../services.ts";
import { openSecretLink } from "../tenant-doors.ts";
import { type CalendarEvent, calendarText } from "./calendar-text.ts";

interface EventRow {
  id: string;
  version: number;
  status: string;
  starts_at: Date;
  ends_at: Date;
  updated_at: Date;
  timezone: string;
  client_timezone: string | null;
  service_name: string | null;
  title: string;
  client_name: string | null;
  client_phone: string | null;
  provider_name: string;
  location_kind: "in_person" | "video" | "phone";
  location_detail: string | null;
  site_name: string;
  address: string | null;
  postal_code: string | null;
  city: string | null;
}

/** Columns of a calendar file: no note, no description, nothing that is for colleagues alone. */
const eventSelect = `
SELECT a.id, a.version, a.status::text AS status, a.starts_at, a.ends_at, a.updated_at, t.timezone, c.timezone AS client_timezone, s.name AS service_name, a.title,
  c.name AS client_name, c.phone AS client_phone, p.name AS provider_name, a.location_kind::text AS location_kind, a.location_detail,
  t.name AS site_name, t.address, t.postal_code, t.city
FROM appointment a
JOIN site t ON t.organization_id = a.organization_id AND t.id = a.site_id
JOIN provider p ON p.organization_id = a.organization_id AND p.id = a.provider_id
LEFT JOIN service s ON s.organization_id = a.organization_id AND s.id = a.service_id
LEFT JOIN client c ON c.organization_id = a.organization_id AND c.id = a.client_id
WHERE a.organization_id = $1::uuid AND a.status <> 'held'`;

/** How long a cancelled appointment stays in a feed, so that every calendar learns of it. */
const keepCancelledDays = 30;
const pastDays = 30;
const futureDays = 400;

type CalendarServices = Pick<Services, "database" | "now">;

/** What a token opens: a client's one appointment (their manage link's) or a provider's feed; null for any other. */
export async function readCalendar(
  services: CalendarServices,
  token: string,
): Promise<{ name: string; text: string } | null> {
  return (await readFeed(services, token)) ?? (await readAppointment(services, token));
}

async function readFeed({ database, now }: CalendarServices, token: string) {
  const opened = await openSecretLink(database, "resolve_feed_token", token);
  if (!opened) return null;
  const { scope, row: owner } = opened;
  const rows = await inTenantSql(database, scope, (tx) =>
    tx.query<EventRow>(
      `${eventSelect} AND a.provider_id = $2::uuid AND a.starts_at > $3::timestamptz AND a.starts_at < $4::timestamptz
         AND a.busy_from > $3::timestamptz - interval '48 hours' AND a.busy_from < $4::timestamptz
         AND (a.status <> 'cancelled' OR a.cancelled_at > $5::timestamptz) ORDER BY a.starts_at LIMIT 5000`,
      [
        scope.organizationId,
        owner.provider_id,
        new Date(now() - pastDays * DAY_MS),
        new Date(now() + futureDays * DAY_MS),
        new Date(now() - keepCancelledDays * DAY_MS),
      ],
      "calendar_feed",
    ),
  );
  const events = rows.map((row) => {
    const title =
      [row.service_name ?? row.title, row.client_name].filter(Boolean).join(" – ") || row.provider_name;
    return { ...toEvent(row), title, ...(row.client_phone && { description: row.client_phone }) };
  });
  return { name: "creneau.ics", text: calendarText(events, { name: "Créneau" }) };
}

async function readAppointment({ database }: CalendarServices, token: string) {
  const opened = await openSecretLink(database, "resolve_manage_token", token);
  if (!opened) return null;
  const { scope, row: owner } = opened;
  const [row] = await inTenantSql(database, scope, (tx) =>
    tx.query<EventRow>(
      `${eventSelect} AND a.id = $2::uuid`,
      [scope.organizationId, owner.appointment_id],
      "calendar_appointment",
    ),
  );
  if (!row) return null;
  const title = [row.service_name, row.provider_name].filter(Boolean).join(" – ");
  const zoneOfClient = toldZone({
    locationKind: row.location_kind,
    siteZone: zone(row.timezone),
    readerZone: row.client_timezone === null ? null : zone(row.client_timezone),
  });
  const event = { ...toEvent(row), title, zone: zoneOfClient };
  return { name: "rendez-vous.ics", text: calendarText([event]) };
}

function toEvent(row: EventRow): CalendarEvent {
  const town = [row.postal_code, row.city].filter(Boolean).join(" ");
  const place = [row.site_name, row.address, town].filter(Boolean).join(", ");
  const location = row.location_kind === "in_person" ? (row.location_detail ?? place) : row.location_detail;
  return {
    id: row.id,
    version: row.version,
    status: row.status === "cancelled" ? "CANCELLED" : row.status === "pending" ? "TENTATIVE" : "CONFIRMED",
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    changedAt: row.updated_at,
    zone: zone(row.timezone),
    title: row.provider_name,
    ...(location && { location }),
  };
}
