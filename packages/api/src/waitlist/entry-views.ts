import type { Instant } from "@creneau/domain/time/instant";
import { formatInstant } from "@creneau/domain/time/iso-instant";
import { manageTokenOf } from "../booking/link-tokens.ts";
import type { EntryRow } from "./queries.ts";
import type { StaffEntryView, WaitlistView } from "./schema.ts";

const instantText = (at: Date) => formatInstant(at.getTime() as Instant);

/** What the holder of the link may see. */
export function entryView(row: EntryRow, { linkSecret }: { linkSecret: string }): WaitlistView {
  const town = [row.postal_code, row.city].filter(Boolean).join(" ");
  const { offered_at, offered_end, offered_until } = row;
  return {
    state: row.state,
    clientName: row.name,
    organizationName: row.organization_name,
    accent: row.accent,
    username: row.username ?? row.organization_slug,
    siteSlug: row.site_slug,
    siteName: row.site_name,
    siteAddress: [row.address, town].filter(Boolean).join(", ") || null,
    phone: row.phone_to_call,
    timezone: row.timezone,
    serviceName: row.service_name,
    serviceSlug: row.service_slug,
    providerName: row.provider_name,
    fromDate: row.from_date,
    toDate: row.to_date,
    startMinute: row.start_minute,
    endMinute: row.end_minute,
    offer:
      row.state === "offered" && offered_at && offered_end && offered_until
        ? {
            startsAt: instantText(offered_at),
            endsAt: instantText(offered_end),
            until: instantText(offered_until),
            providerName: row.offered_provider ?? "",
          }
        : null,
    manageToken: row.state === "booked" && row.offered_id ? manageTokenOf(linkSecret, row.offered_id) : null,
  };
}

/** What staff see. */
export function staffEntry(row: EntryRow): StaffEntryView {
  const { offered_id, offered_at, offered_until } = row;
  return {
    id: row.id,
    state: row.state,
    name: row.name,
    email: row.email,
    phone: row.phone,
    siteId: row.site_id,
    siteName: row.site_name,
    timezone: row.timezone,
    serviceName: row.service_name,
    providerName: row.provider_name,
    fromDate: row.from_date,
    toDate: row.to_date,
    startMinute: row.start_minute,
    endMinute: row.end_minute,
    createdAt: instantText(row.created_at),
    offers: row.offered_starts.length,
    offer:
      offered_id && offered_at
        ? {
            appointmentId: offered_id,
            startsAt: instantText(offered_at),
            until: offered_until && instantText(offered_until),
          }
        : null,
  };
}
