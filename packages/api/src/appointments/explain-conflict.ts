import type { Database } from "@creneau/db/database";
import { inTenantSql, sqlState } from "@creneau/db/in-tenant";
import type { TenantScope } from "@creneau/db/tenant-scope";
import { busyWithout, placementReasons } from "@creneau/domain/appointments/placement";
import { busySpan } from "@creneau/domain/availability/busy-time";
import { nearestFree } from "@creneau/domain/availability/first-free";
import { DAY_MS, type Instant } from "@creneau/domain/time/instant";
import { formatInstant } from "@creneau/domain/time/iso-instant";
import { loadPlacement } from "../availability/placement-facts.ts";
import { AppError } from "../errors.ts";
import { reasonView } from "./refusal.ts";

/** Thrown inside a transaction that finds its place taken; explained once the connection is free again. */
export class PlaceTaken extends Error {}

const exclusionViolation = "23P01";

/** Whether a transaction ended because its place is taken, by our own reading or by the constraint's. */
export function isPlaceTaken(error: unknown): boolean {
  return error instanceof PlaceTaken || sqlState(error) === exclusionViolation;
}

const searchDays = 14;

interface LostPlace {
  database: Database;
  scope: TenantScope;
  providerId: string;
  siteId: string;
  serviceId: string | null;
  startsAt: Instant;
  endsAt: Instant;
  roomId: string | null;
  /** The appointment being moved does not stand in its own way. */
  ignore?: string;
  now: Instant;
}

/**
 * The error for a place that somebody else took first: what is in the way now, and the three nearest free starts.
 * Reads in a transaction of its own, because the constraint has ended the one that lost.
 */
export async function slotTaken(lost: LostPlace): Promise<AppError> {
  const { facts } = await inTenantSql(lost.database, lost.scope, (tx) =>
    loadPlacement(tx, {
      ...lost,
      durationMinutes: (lost.endsAt - lost.startsAt) / 60_000,
      from: Math.max(lost.now, lost.startsAt - searchDays * DAY_MS) as Instant,
      to: (lost.startsAt + searchDays * DAY_MS) as Instant,
    }),
  );
  const present = lost.ignore ? { ...facts, busy: busyWithout(facts.busy, lost.ignore) } : facts;
  const reasons = placementReasons(present, { start: lost.startsAt, end: lost.endsAt }, lost.roomId);
  const windowEnd =
    lost.startsAt +
    searchDays * DAY_MS -
    (busySpan(lost.startsAt, lost.endsAt, facts.rules).end - lost.startsAt);
  const horizon = { ...present, rooms: facts.needsRoom ? facts.siteRooms : null };
  const alternatives = nearestFree({ facts: horizon, wanted: lost.startsAt }).filter(
    (start) => start < windowEnd,
  );
  return new AppError("slot_taken", "This time is taken", {
    reasons: reasons.map(reasonView),
    alternatives: alternatives.map((start) => ({ startsAt: formatInstant(start) })),
  });
}
