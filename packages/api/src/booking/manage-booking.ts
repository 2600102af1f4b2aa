import { inTenantSql } from "@creneau/db/in-tenant";
import { slots } from "@creneau/domain/availability/slots";
import { type Instant, MINUTE_MS } from "@creneau/domain/time/instant";
import { zone } from "@creneau/domain/time/zone";
import type { z } from "zod";
import { findAppointment } from "../appointments/queries.ts";
import { withoutAppointment } from "../availability/explain-placement.ts";
import { calendarLinks } from "../calendar-files/calendar-links.ts";
import type { CalendarLinks } from "../calendar-files/schema.ts";
import { notFound } from "../errors.ts";
import { loadPlacement } from "../placement/read-placement.ts";
import { toDays } from "./find-slots.ts";
import { readManaged } from "./manage-view.ts";
import { spanOf } from "./moments.ts";
import type { BookedWork } from "./open-link.ts";
import type { ManageView, manageInput, manageSlotsInput, SlotAnswer } from "./schema.ts";

/** The booking behind a manage link as it is now, with what adds it to a calendar. Errors: `not_found`. */
export async function readBooking(
  work: BookedWork,
  input: z.output<typeof manageInput>,
): Promise<ManageView & { calendar: CalendarLinks }> {
  const view = await inTenantSql(work.database, work.scope, (tx) => readManaged(tx, work));
  if (!view) throw notFound("link");
  const place = [view.site.name, view.site.address, view.site.postalCode, view.site.city]
    .filter(Boolean)
    .join(", ");
  return {
    ...view,
    calendar: calendarLinks({
      appUrl: work.publicConfig.appUrl,
      token: input.manageToken,
      title: [view.serviceName, view.providerName].filter(Boolean).join(" – "),
      startsAt: view.startsAt,
      endsAt: view.endsAt,
      location: view.locationKind === "in_person" ? place : (view.locationDetail ?? ""),
    }),
  };
}

/** Where the booking could move to: the provider's free starts for its service, its own time counted as free. */
export async function moveSlots(
  work: BookedWork,
  input: z.output<typeof manageSlotsInput>,
): Promise<Omit<SlotAnswer, "version">> {
  return inTenantSql(work.database, work.scope, async (tx) => {
    const row = await findAppointment(tx, work.appointmentId);
    if (
      !row?.service_id ||
      row.status === "held" ||
      (work.clientId !== null && row.client_id !== work.clientId)
    )
      throw notFound("link");
    const now = work.now;
    const question = { providerId: row.provider_id, siteId: row.site_id, serviceId: row.service_id, now };
    const settled = input.timezone ?? zone("Europe/Paris");
    const span = spanOf(input, settled);
    const placement = await loadPlacement(tx, {
      ...question,
      from: span.from as Instant,
      to: span.to as Instant,
    });
    const facts = withoutAppointment(placement.facts, row);
    const durationMinutes = (row.ends_at.getTime() - row.starts_at.getTime()) / MINUTE_MS;
    const starts = slots({
      facts: {
        ...facts,
        rules: { ...facts.rules, durationMinutes },
        rooms: facts.needsRoom ? facts.siteRooms : null,
      },
      from: span.from as Instant,
      to: span.to as Instant,
    });
    const display = input.timezone ?? facts.schedule.zone;
    return { timezone: display, days: toDays(starts, { zone: display, durationMinutes }) };
  });
}
