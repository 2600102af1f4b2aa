import type { TenantSql } from "@creneau/db/in-tenant";
import {
  busyWithout,
  judgePlacement,
  type PlacementFacts,
  placementReasons,
} from "@creneau/domain/appointments/placement";
import { explainSpan } from "@creneau/domain/availability/explain-start";
import { DAY_MS, type Instant, MINUTE_MS } from "@creneau/domain/time/instant";
import { localDateOf } from "@creneau/domain/time/local-time";
import type { z } from "zod";
import type { Actor } from "../actor.ts";
import { coversSite } from "../actor.ts";
import type { AppointmentRow } from "../appointments/appointment-row.ts";
import { placementPermission } from "../appointments/placement-permission.ts";

import { loadAppointment } from "../appointments/queries.ts";
import { reasonView } from "../appointments/refusal.ts";
import { notFound } from "../errors.ts";

import { loadPlacement } from "../placement/read-placement.ts";
import type { explainInput, explainView } from "./schema.ts";

/**
 * Why a time is not offered, on the very facts that a creation or a move is decided on. `allowed`: staff would not be
 * refused; `forceable`: nor with a force, for a role that may. Errors: `not_found`.
 */
export async function explainPlacement(
  tx: TenantSql,
  actor: Actor,
  input: z.output<typeof explainInput>,
  now: Instant,
): Promise<z.infer<typeof explainView>> {
  const moved = input.appointmentId ? await loadAppointment(tx, actor, input.appointmentId) : null;
  const start = Date.parse(input.startsAt) as Instant;
  const length = moved && !input.endsAt ? moved.ends_at.getTime() - moved.starts_at.getTime() : null;
  const wishedEnd = input.endsAt ? Date.parse(input.endsAt) : length === null ? null : start + length;
  const placement = await loadPlacement(tx, {
    providerId: input.providerId,
    siteId: input.siteId,
    serviceId: input.serviceId ?? moved?.service_id,
    ...(wishedEnd !== null && { durationMinutes: (wishedEnd - start) / MINUTE_MS }),
    from: start,
    to: (start + DAY_MS) as Instant,
    now,
  });
  if (!coversSite(actor, placement.site.id)) throw notFound("provider");
  const facts = moved ? withoutAppointment(placement.facts, moved) : placement.facts;
  const end = (wishedEnd ?? start + facts.rules.durationMinutes * MINUTE_MS) as Instant;
  const roomId = input.roomId ?? null;
  // Without a room chosen any free one will do, as for a creation.
  const reasons =
    roomId === null
      ? explainSpan({ ...facts, rooms: facts.needsRoom ? facts.siteRooms : null }, { start, end })
      : placementReasons(facts, { start, end }, roomId);
  const judge = (force: boolean) => judgePlacement(reasons, placementPermission(actor, placement, force)).ok;
  return {
    offered: reasons.length === 0,
    allowed: judge(false),
    forceable: judge(true),
    reasons: reasons.map(reasonView),
  };
}

/** The facts as if the appointment had been lifted off the agenda, with its own buffers in place of the service's. */
export function withoutAppointment(facts: PlacementFacts, moved: AppointmentRow): PlacementFacts {
  const minutesBetween = (from: Date, to: Date) => (to.getTime() - from.getTime()) / MINUTE_MS;
  const counts = facts.dailyLimit && new Map(facts.dailyLimit.counts);
  const date = localDateOf(moved.starts_at.getTime() as Instant, facts.schedule.zone);
  const isCounted = facts.busy.some(({ id }) => id === moved.id);
  if (counts && isCounted) counts.set(date, Math.max(0, (counts.get(date) ?? 0) - 1));
  return {
    ...facts,
    rules: {
      ...facts.rules,
      bufferBeforeMinutes: minutesBetween(moved.busy_from, moved.starts_at),
      bufferAfterMinutes: minutesBetween(moved.ends_at, moved.busy_to),
    },
    busy: busyWithout(facts.busy, moved.id),
    siteRooms: facts.siteRooms.map((room) => ({ ...room, busy: busyWithout(room.busy, moved.id) })),
    dailyLimit: facts.dailyLimit && counts ? { ...facts.dailyLimit, counts } : facts.dailyLimit,
  };
}
