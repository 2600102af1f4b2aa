import type { TenantSql } from "@creneau/db/in-tenant";
import { lastMomentForClient } from "@creneau/domain/appointments/cancel-policy";
import type { AppointmentStatus } from "@creneau/domain/appointments/status";
import type { Instant } from "@creneau/domain/time/instant";
import { formatInstant } from "@creneau/domain/time/iso-instant";
import type { ManageView } from "./schema.ts";

interface ManageRow {
  id: string;
  version: number;
  status: AppointmentStatus;
  starts_at: Date;
  ends_at: Date;
  timezone: string;
  service_name: string | null;
  service_slug: string | null;
  location_kind: string;
  location_detail: string | null;
  price_cents: number | null;
  currency: string;
  provider_id: string;
  provider_name: string;
  username: string | null;
  site_slug: string;
  site_name: string;
  address: string | null;
  postal_code: string | null;
  city: string | null;
  site_phone: string | null;
  organization_slug: string;
  organization_name: string;
  organization_phone: string | null;
  organization_locale: string;
  accent: string;
  cancel_cutoff_minutes: number;
  client_name: string | null;
  client_locale: string | null;
  client_timezone: string | null;
  client_has_email: boolean;
  cancelled_at: Date | null;
  held_back: number;
}

const manageSelect = `
SELECT a.id, a.version, a.status, a.starts_at, a.ends_at, t.timezone, s.name AS service_name, s.slug AS service_slug,
  a.location_kind, a.location_detail, a.price_cents, coalesce(s.currency, 'EUR') AS currency,
  p.id AS provider_id, p.name AS provider_name, u.username, t.slug AS site_slug, t.name AS site_name,
  t.address, t.postal_code, t.city, t.phone AS site_phone, o.slug AS organization_slug, o.name AS organization_name,
  o.phone AS organization_phone, o.locale AS organization_locale, o.accent, o.cancel_cutoff_minutes,
  c.name AS client_name, c.locale AS client_locale, c.timezone AS client_timezone, c.email IS NOT NULL AS client_has_email, a.cancelled_at,
  (SELECT count(*)::integer FROM attendee g WHERE g.organization_id = a.organization_id AND g.appointment_id = a.id AND g.is_held_back) AS held_back
FROM appointment a
JOIN organization o ON o.id = a.organization_id
JOIN site t ON t.organization_id = a.organization_id AND t.id = a.site_id
JOIN provider p ON p.organization_id = a.organization_id AND p.id = a.provider_id
LEFT JOIN "user" u ON u.id = p.user_id AND u.deactivated_at IS NULL
LEFT JOIN service s ON s.organization_id = a.organization_id AND s.id = a.service_id
LEFT JOIN client c ON c.organization_id = a.organization_id AND c.id = a.client_id
WHERE a.organization_id = $1::uuid AND a.status <> 'held'`;

/** One booking; null when there is none, or it is not of this client. */
export async function readManaged(
  tx: TenantSql,
  { appointmentId, clientId, now }: { appointmentId: string; clientId: string | null; now: number },
): Promise<ManageView | null> {
  const rows = await tx.query<ManageRow>(
    `${manageSelect} AND a.id = $2::uuid AND ($3::uuid IS NULL OR a.client_id = $3::uuid)`,
    [tx.scope.organizationId, appointmentId, clientId],
    "manage_booking",
  );
  return rows[0] ? toManageView(rows[0], now) : null;
}

/** A client's bookings, the next first, then the latest past ones; up to a hundred. `siteIds` null: everywhere. */
export async function readManagedOf(
  tx: TenantSql,
  { clientId, now, siteIds }: { clientId: string; now: number; siteIds: string[] | null },
): Promise<ManageView[]> {
  const rows = await tx.query<ManageRow>(
    `${manageSelect} AND a.client_id = $2::uuid AND ($4::uuid[] IS NULL OR a.site_id = ANY ($4::uuid[])) ORDER BY abs(extract(epoch FROM a.starts_at - $3::timestamptz)) LIMIT 100`,
    [tx.scope.organizationId, clientId, new Date(now), siteIds],
    "portal_bookings",
  );
  return rows.map((row) => toManageView(row, now)).sort((a, b) => a.startsAt.localeCompare(b.startsAt));
}

function toManageView(row: ManageRow, now: number): ManageView {
  const lastMoment = lastMomentForClient(row.starts_at.getTime() as Instant, row.cancel_cutoff_minutes);
  const isOpen = (row.status === "pending" || row.status === "confirmed") && now <= lastMoment;
  return {
    appointmentId: row.id,
    version: row.version,
    status: row.status,
    startsAt: row.starts_at.toISOString(),
    endsAt: row.ends_at.toISOString(),
    timezone: row.timezone,
    serviceName: row.service_name,
    serviceSlug: row.service_slug,
    locationKind: row.location_kind,
    locationDetail: row.location_detail,
    priceCents: row.price_cents,
    currency: row.currency,
    providerId: row.provider_id,
    providerName: row.provider_name,
    site: {
      slug: row.site_slug,
      name: row.site_name,
      address: row.address,
      postalCode: row.postal_code,
      city: row.city,
      phone: row.site_phone,
    },
    organization: {
      slug: row.organization_slug,
      name: row.organization_name,
      phone: row.organization_phone,
      locale: row.organization_locale,
      accent: row.accent,
    },
    username: row.username ?? row.organization_slug,
    client:
      row.client_name === null
        ? null
        : {
            name: row.client_name,
            locale: row.client_locale ?? "fr",
            timezone: row.client_timezone ?? row.timezone,
            hasEmail: row.client_has_email,
          },
    canMove: isOpen && row.service_slug !== null,
    canCancel: isOpen,
    changeUntil: formatInstant(lastMoment),
    cancelledAt: row.cancelled_at?.toISOString() ?? null,
    heldBackGuests: row.held_back,
  };
}
