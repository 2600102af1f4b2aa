import type { Instant } from "../time/instant.ts";
import { type Interval, intervalIncludes } from "../time/interval.ts";

/** A member of the team that shares a service. */
export type AssignmentCandidate = {
  readonly providerId: string;
  /** Relative share of the work; 2 gets twice as much as 1. 0 is never assigned automatically. */
  readonly weight: number;
  /** Free at the time in question; the others still count in the shares. */
  readonly isFree: boolean;
  /** When they joined the team; null: before the history begins. */
  readonly presentFrom?: Instant | null;
  /** Leave and other absences since: nothing falls due to them then, so there is nothing to catch up. */
  readonly absences?: readonly Interval[];
};

/** An appointment the team was given in the period of reckoning (say the last 30 days), by the time it was assigned. */
export type PastAssignment = { readonly providerId: string; readonly assignedAt: Instant };

/** How a candidate stands: `deficit` is how many appointments they are behind (negative: ahead) of their share. */
export type AssignmentStanding = {
  readonly providerId: string;
  /** Part of the team's work that would be theirs with everyone present, 0 to 1. */
  readonly share: number;
  readonly assigned: number;
  /** What fell due to them: the sum of their shares in each past assignment while they were present. */
  readonly due: number;
  readonly deficit: number;
  readonly passedOver: "not_free" | "no_weight" | null;
};

/** Why that provider: the rule that told them from the next one. */
export type AssignmentWhy =
  | { readonly code: "only_candidate" }
  | { readonly code: "furthest_behind"; readonly deficit: number; readonly nextDeficit: number }
  | { readonly code: "longest_without"; readonly lastAssignedAt: Instant | null }
  | { readonly code: "fixed_order" };

/** Who gets the appointment and why, with everyone's standing, best first; or that nobody can. */
export type Assignment =
  | {
      readonly ok: true;
      readonly providerId: string;
      readonly why: AssignmentWhy;
      readonly standings: readonly AssignmentStanding[];
    }
  | { readonly ok: false; readonly code: "no_candidate"; readonly standings: readonly AssignmentStanding[] };

/** Deficits closer than this are equal: shares are fractions, and a third three times is not quite one. */
const EQUAL_WITHIN = 1e-9;

/**
 * Fair weighted round-robin. Each appointment goes to the free provider furthest behind: deficit = due − assigned. Each
 * past assignment makes its part due to everyone **present at that time**, weight ÷ weights of those present. With a
 * stable team that is share × total − assigned; when people join or leave, a share taken over the whole period would
 * hand a newcomer, or one back from leave, every appointment until they had caught up.
 *
 * Ties go to whom nothing was assigned for longest, then to the smaller id, so that the answer never depends on the
 * order of the rows. Assignments to people no longer among the candidates are left out of the reckoning.
 *
 * @example
 * assignProvider({ candidates: [claire, karim], history: [{ providerId: "claire", assignedAt }] })
 * // { ok: true, providerId: "karim", why: { code: "furthest_behind", deficit: 0.5, nextDeficit: -0.5 }, standings }
 */
export function assignProvider({ candidates, history }: AssignmentQuestion): Assignment {
  const ranked = reckon(candidates, history).sort(
    (a, b) => byAvailability(a, b) || byDeficit(a, b) || byLastAssigned(a, b) || byId(a, b),
  );
  const standings = ranked.map(({ standing }) => standing);
  const [first, second] = ranked.filter(({ standing }) => standing.passedOver === null);
  if (!first) return { ok: false, code: "no_candidate", standings };
  return { ok: true, providerId: first.standing.providerId, why: whyFirst(first, second), standings };
}

type AssignmentQuestion = {
  readonly candidates: readonly AssignmentCandidate[];
  /** In any order. */
  readonly history: readonly PastAssignment[];
};

type Ranked = { readonly standing: AssignmentStanding; readonly lastAssignedAt: Instant | null };

function reckon(candidates: readonly AssignmentCandidate[], history: readonly PastAssignment[]): Ranked[] {
  const ids = new Set(candidates.map(({ providerId }) => providerId));
  const counted = history.filter(({ providerId }) => ids.has(providerId));
  const presentWeights = counted.map((past) =>
    candidates.reduce((sum, candidate) => sum + (wasPresent(candidate, past) ? weightOf(candidate) : 0), 0),
  );
  const totalWeight = candidates.reduce((sum, candidate) => sum + weightOf(candidate), 0);
  return candidates.map((candidate) => {
    const weight = weightOf(candidate);
    let due = 0;
    let assigned = 0;
    let lastAssignedAt: Instant | null = null;
    for (const [index, past] of counted.entries()) {
      const total = presentWeights[index] as number;
      if (total > 0 && wasPresent(candidate, past)) due += weight / total;
      if (past.providerId !== candidate.providerId) continue;
      assigned++;
      if (lastAssignedAt === null || past.assignedAt > lastAssignedAt) lastAssignedAt = past.assignedAt;
    }
    const { providerId, isFree } = candidate;
    const share = totalWeight > 0 ? weight / totalWeight : 0;
    const passedOver = weight === 0 ? "no_weight" : isFree ? null : "not_free";
    return {
      standing: { providerId, share, assigned, due, deficit: due - assigned, passedOver },
      lastAssignedAt,
    };
  });
}

function weightOf({ weight }: AssignmentCandidate): number {
  return Math.max(0, weight);
}

/** Whoever was given the appointment was there, whatever the calendar says. */
function wasPresent(candidate: AssignmentCandidate, { providerId, assignedAt }: PastAssignment): boolean {
  if (providerId === candidate.providerId) return true;
  if (candidate.presentFrom != null && assignedAt < candidate.presentFrom) return false;
  return !(candidate.absences ?? []).some((absence) => intervalIncludes(absence, assignedAt));
}

function whyFirst(first: Ranked, second: Ranked | undefined): AssignmentWhy {
  if (!second) return { code: "only_candidate" };
  if (byDeficit(first, second) !== 0) {
    return { code: "furthest_behind", deficit: first.standing.deficit, nextDeficit: second.standing.deficit };
  }
  if (byLastAssigned(first, second) !== 0)
    return { code: "longest_without", lastAssignedAt: first.lastAssignedAt };
  return { code: "fixed_order" };
}

function byAvailability(a: Ranked, b: Ranked): number {
  return Number(a.standing.passedOver !== null) - Number(b.standing.passedOver !== null);
}

function byDeficit(a: Ranked, b: Ranked): number {
  const difference = b.standing.deficit - a.standing.deficit;
  return Math.abs(difference) < EQUAL_WITHIN ? 0 : difference;
}

function byLastAssigned(a: Ranked, b: Ranked): number {
  const left = a.lastAssignedAt ?? Number.NEGATIVE_INFINITY;
  const right = b.lastAssignedAt ?? Number.NEGATIVE_INFINITY;
  return left === right ? 0 : left - right;
}

function byId(a: Ranked, b: Ranked): number {
  return a.standing.providerId < b.standing.providerId ? -1 : 1;
}
