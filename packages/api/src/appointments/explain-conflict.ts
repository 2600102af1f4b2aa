import type { Database } from "@creneau/db/database";
import { sqlState } from "@creneau/db/sql-state";
import type { TenantScope } from "@creneau/db/tenant-scope";
import { busyWithout, placementReasons } from "@creneau/domain/appointments/placement";
import { busySpan } from "@creneau/domain/availability/busy-time";
import { nearestFree } from "@creneau/domain/availability/first-free";
import { DAY_MS, type Instant, MINUTE_MS } from "@creneau/domain/time/instant";
import { formatInstant } from "@creneau/domain/time/iso-instant";
import { AppError } from "../errors.ts";
import { type Placement, readPlacement } from "../placement/read-placement.ts";
import { reasonView } from "./refusal.ts";

const exclusionViolation = "23P01";

/** Whether a transaction ended because the constraint found its place taken. */
export function isPlaceTaken(error: unknown): boolean {
  return sqlState(error) === exclusionViolation;
}

/** Days around the lost time to look at, until three starts are found; facts of a decision reach one day both ways. */
const searchDays = [1, 14];
const alternativesOffered = 3;

/** What was asked for and cannot be had. */
export interface LostPlace {
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
 * `seen`: the facts just read that refused it. Otherwise they are read anew, because the constraint knew better.
 */
export async function slotTaken(lost: LostPlace, seen?: Placement): Promise<AppError> {
  let reasons: { code: string }[] = [];
  let alternatives: Instant[] = [];
  for (const days of searchDays) {
    const from = (lost.startsAt - days * DAY_MS) as Instant;
    const to = (lost.startsAt + days * DAY_MS) as Instant;
    // A daily limit counts whole days, which a decision's facts do not reach at their edges.
    const isEnough = seen !== undefined && days === searchDays[0] && !seen.facts.dailyLimit;
    const placement = isEnough ? seen : await readFacts(lost, from, to);
    const facts = factsWithoutSelf(placement, lost);
    if (reasons.length === 0) {
      const against = placementReasons(facts, { start: lost.startsAt, end: lost.endsAt }, lost.roomId);
      reasons = against.map(reasonView);
    }
    const busyAfter = busySpan(lost.startsAt, lost.endsAt, facts.rules).end - lost.startsAt;
    const horizon = { ...facts, rooms: facts.needsRoom ? facts.siteRooms : null };
    // Further away nothing is known of what is taken, and what is nearer is not complete there either.
    alternatives = nearestFree({ facts: horizon, wanted: lost.startsAt, count: alternativesOffered }).filter(
      (start) => start >= from && start < to - busyAfter,
    );
    if (alternatives.length >= alternativesOffered) break;
  }
  return new AppError("slot_taken", "This time is taken", {
    reasons,
    alternatives: alternatives.map((start) => ({ startsAt: formatInstant(start) })),
  });
}

function readFacts(lost: LostPlace, from: Instant, to: Instant): Promise<Placement> {
  return readPlacement(lost.database, lost.scope, {
    ...lost,
    durationMinutes: (lost.endsAt - lost.startsAt) / MINUTE_MS,
    from: Math.min(lost.startsAt, Math.max(lost.now, from)) as Instant,
    to,
  });
}

/** For as long as was asked for, which may be other than the service's usual duration. */
function factsWithoutSelf({ facts }: Placement, lost: LostPlace): Placement["facts"] {
  const durationMinutes = (lost.endsAt - lost.startsAt) / MINUTE_MS;
  return {
    ...facts,
    rules: { ...facts.rules, durationMinutes },
    ...(lost.ignore && { busy: busyWithout(facts.busy, lost.ignore) }),
  };
}
