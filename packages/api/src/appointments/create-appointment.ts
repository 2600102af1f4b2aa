import { createHash } from "node:crypto";
import { inTenantSql, type TenantSql } from "@creneau/db/in-tenant";
import { decideCreate } from "@creneau/domain/appointments/decide-create";
import { undoUntil } from "@creneau/domain/appointments/undo-window";
import { DAY_MS, type Instant } from "@creneau/domain/time/instant";
import type { z } from "zod";
import { loadPlacement } from "../availability/placement-facts.ts";
import { ensureClient } from "../directory/ensure-client.ts";
import { ensureSubject } from "../directory/ensure-subject.ts";
import { AppError } from "../errors.ts";
import type { TenantContext } from "../trpc.ts";
import { toAppointmentView } from "./appointment-row.ts";
import { appointmentEvents } from "./events.ts";
import { isPlaceTaken, PlaceTaken, slotTaken } from "./explain-conflict.ts";
import { notifyOf } from "./jobs.ts";
import { placementPermission } from "./placement-permission.ts";
import { mayActOn } from "./policy.ts";
import { findAppointment } from "./queries.ts";
import { recordChange } from "./record-change.ts";
import { reasonView, refusalError } from "./refusal.ts";
import type { AppointmentView, createInput } from "./schema.ts";

type CreateInput = z.output<typeof createInput>;

export interface Created {
  appointment: AppointmentView;
  warnings: { code: string }[];
}

/**
 * Creates an appointment for staff: decides on facts read in the same transaction, then lets the constraint decide.
 *
 * The same idempotency key with the same request answers the appointment it made; with another request,
 * `idempotency_conflict`. Errors: `slot_taken` (with reasons and the nearest free starts), `outside_availability`,
 * `forbidden`, `not_found`, `invalid_input`.
 */
export async function createAppointment(ctx: TenantContext, input: CreateInput): Promise<Created> {
  const startsAt = Date.parse(input.startsAt) as Instant;
  const idempotencyHash = input.idempotencyKey ? requestHash(input) : null;
  let place: { siteId: string; roomId: string | null; endsAt: Instant } | undefined;
  try {
    return await inTenantSql(ctx.database, ctx.member.scope, async (tx) => {
      const earlier = await findByIdempotencyKey(tx, input.idempotencyKey, idempotencyHash);
      if (earlier) return earlier;
      const now = ctx.now() as Instant;
      const placement = await loadPlacement(tx, {
        providerId: input.providerId,
        siteId: input.siteId,
        serviceId: input.serviceId,
        durationMinutes: placementMinutes(input),
        from: startsAt,
        to: (startsAt + DAY_MS) as Instant,
        now,
      });
      const target = { providerId: input.providerId, siteId: placement.site.id };
      if (!mayActOn(ctx.member, "create", target))
        throw new AppError("forbidden", "Your role cannot book for this provider");
      const decision = decideCreate({
        request: { ...input, startsAt, endsAt: input.endsAt ? (Date.parse(input.endsAt) as Instant) : null },
        facts: placement.facts,
        permission: placementPermission(ctx.member, placement, input.force),
      });
      place = {
        siteId: placement.site.id,
        roomId: input.roomId ?? null,
        endsAt: endOf(input, startsAt, placement.facts.rules.durationMinutes),
      };
      if (!decision.ok) {
        if (decision.code === "slot_taken") throw new PlaceTaken();
        throw refusalError(decision);
      }
      const { write, warnings } = decision;
      place.roomId = write.roomId;
      const clientId = await ensureClient(tx, input);
      const subjectId = await ensureSubject(tx, input, clientId);
      const inserted = await tx.query<{ id: string | null }>(
        "SELECT insert_appointment($1::jsonb, $2::timestamptz) AS id",
        [
          JSON.stringify({
            site_id: placement.site.id,
            provider_id: write.providerId,
            room_id: write.roomId,
            service_id: input.serviceId ?? null,
            client_id: clientId,
            subject_id: subjectId,
            title: input.title ?? "",
            description: input.description || null,
            starts_at: new Date(write.startsAt),
            ends_at: new Date(write.endsAt),
            busy_from: new Date(write.busyFrom),
            busy_to: new Date(write.busyTo),
            lane: write.lane,
            status: "confirmed",
            source: ctx.member.role === "operator" ? "operator" : "backoffice",
            location_kind: input.locationKind ?? placement.service?.locationKind ?? "in_person",
            location_detail: input.locationDetail || null,
            price_cents: placement.service?.priceCents ?? null,
            idempotency_key: input.idempotencyKey ?? null,
            idempotency_hash: idempotencyHash,
            created_by_id: ctx.member.userId,
          }),
          new Date(now),
        ],
        "insert_appointment",
      );
      const id = inserted[0]?.id;
      if (!id) {
        // The key's first request may have committed between our look and our insert.
        const made = await findByIdempotencyKey(tx, input.idempotencyKey, idempotencyHash);
        if (made) return made;
        throw new PlaceTaken();
      }
      await insertAttendees(tx, id, input.attendees);
      const row = await findAppointment(tx, id);
      if (!row) throw new Error("The appointment just inserted is gone");
      const due = new Date(undoUntil(now, placement.organization.undoSeconds));
      await recordChange(tx, {
        type: appointmentEvents.created,
        appointment: {
          id,
          version: row.version,
          providerId: row.provider_id,
          siteId: row.site_id,
          roomId: row.room_id,
          startsAt: row.starts_at,
        },
        actorUserId: ctx.member.userId,
        address: ctx.address,
        diff: {
          startsAt: row.starts_at,
          endsAt: row.ends_at,
          providerId: row.provider_id,
          ...(input.force && { forced: warnings.map(reasonView) }),
        },
        jobs: input.notify ? [notifyOf(id, "created", row.version, due)] : [],
      });
      return { appointment: toAppointmentView(row), warnings: warnings.map(reasonView) };
    });
  } catch (error) {
    if (!isPlaceTaken(error) || !place) throw error;
    throw await slotTaken({
      database: ctx.database,
      scope: ctx.member.scope,
      providerId: input.providerId,
      serviceId: input.serviceId ?? null,
      startsAt,
      ...place,
      now: ctx.now() as Instant,
    });
  }
}

function placementMinutes(input: CreateInput): number | undefined {
  return input.endsAt ? (Date.parse(input.endsAt) - Date.parse(input.startsAt)) / 60_000 : undefined;
}

function endOf(input: CreateInput, startsAt: Instant, durationMinutes: number): Instant {
  return (input.endsAt ? Date.parse(input.endsAt) : startsAt + durationMinutes * 60_000) as Instant;
}

/** Of the request as validated, so that the order of its fields does not matter. */
function requestHash(input: CreateInput): string {
  const { idempotencyKey: _key, ...request } = input;
  return createHash("sha256").update(JSON.stringify(request)).digest("base64url");
}

async function findByIdempotencyKey(
  tx: TenantSql,
  key: string | undefined,
  hash: string | null,
): Promise<Created | null> {
  if (!key) return null;
  const found = await tx.query<{ id: string; idempotency_hash: string | null }>(
    "SELECT id, idempotency_hash FROM appointment WHERE organization_id = $1::uuid AND idempotency_key = $2",
    [tx.scope.organizationId, key],
    "appointment_by_idempotency_key",
  );
  const earlier = found[0];
  if (!earlier) return null;
  if (earlier.idempotency_hash !== hash) {
    throw new AppError("idempotency_conflict", "This idempotency key was used for another request");
  }
  const row = await findAppointment(tx, earlier.id);
  return row && { appointment: toAppointmentView(row), warnings: [] };
}

async function insertAttendees(
  tx: TenantSql,
  appointmentId: string,
  attendees: CreateInput["attendees"],
): Promise<void> {
  if (attendees.length === 0) return;
  await tx.query(
    // A row's id does not tell the order within one millisecond: the time of making does, a millisecond apart.
    `INSERT INTO attendee (organization_id, id, appointment_id, name, email, optional, created_at)
     SELECT $1::uuid, uuid_v7(), $2::uuid, x.name, x.email, coalesce(x.optional, false), now() + x.position * interval '1 millisecond'
     FROM ROWS FROM (jsonb_to_recordset($3::jsonb) AS (name text, email text, optional boolean))
       WITH ORDINALITY AS x(name, email, optional, position)
     ON CONFLICT DO NOTHING`,
    [tx.scope.organizationId, appointmentId, JSON.stringify(attendees)],
    "insert_attendees",
  );
}
