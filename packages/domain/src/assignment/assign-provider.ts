import type { Instant } from "../time/instant.ts";

/** A member of the team that shares a service, over one period of reckoning (say the last 30 days). */
export type AssignmentCandidate = {
  readonly providerId: string;
  /** Relative share of the work; 2 gets twice as much as 1. 0 is never assigned automatically. */
  readonly weight: number;
  /** Appointments this provider was assigned in the period. */
  readonly assigned: number;
  /**
   * Appointments the team was assigned in the period **while this provider was present**: since they joined, absences
   * left out, their own included. Counting only these is what keeps a newcomer, or one back from leave, from being
   * given everything until they have caught up.
   */
  readonly teamAssignedWhilePresent: number;
  readonly lastAssignedAt: Instant | null;
  /** Free at the time in question; the others still count in the shares. */
  readonly isFree: boolean;
};

/** How a candidate stands: `deficit` is how many appointments they are behind (negative: ahead) of their share. */
export type AssignmentStanding = {
  readonly providerId: string;
  /** Part of the team's work that is theirs, 0 to 1. */
  readonly share: number;
  readonly assigned: number;
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
 * Fair weighted round-robin. Each appointment goes to the free provider furthest behind their share:
 * deficit = share × appointments of the team while present − own appointments, with share = weight ÷ weights of all.
 * Ties go to whom nothing was assigned for longest, then to the smaller id, so that the answer never depends on the
 * order of the rows.
 *
 * Left to itself with everyone free, nobody strays more than one appointment per colleague from their share.
 *
 * @example
 * assignProvider([claire, karim])
 * // { ok: true, providerId: "karim", why: { code: "furthest_behind", deficit: 1.5, nextDeficit: -1.5 }, standings }
 */
export function assignProvider(candidates: readonly AssignmentCandidate[]): Assignment {
  const totalWeight = candidates.reduce((sum, { weight }) => sum + Math.max(0, weight), 0);
  const ranked = candidates
    .map((candidate) => ({ candidate, standing: standingOf(candidate, totalWeight) }))
    .sort((a, b) => byAvailability(a, b) || byDeficit(a, b) || byLastAssigned(a, b) || byId(a, b));
  const standings = ranked.map(({ standing }) => standing);
  const [first, second] = ranked.filter(({ standing }) => standing.passedOver === null);
  if (!first) return { ok: false, code: "no_candidate", standings };
  return { ok: true, providerId: first.candidate.providerId, why: whyFirst(first, second), standings };
}

type Ranked = { readonly candidate: AssignmentCandidate; readonly standing: AssignmentStanding };

function standingOf(candidate: AssignmentCandidate, totalWeight: number): AssignmentStanding {
  const { providerId, weight, assigned, teamAssignedWhilePresent, isFree } = candidate;
  const share = totalWeight > 0 ? Math.max(0, weight) / totalWeight : 0;
  const passedOver = share === 0 ? "no_weight" : isFree ? null : "not_free";
  return { providerId, share, assigned, deficit: share * teamAssignedWhilePresent - assigned, passedOver };
}

function whyFirst(first: Ranked, second: Ranked | undefined): AssignmentWhy {
  if (!second) return { code: "only_candidate" };
  if (byDeficit(first, second) !== 0) {
    return { code: "furthest_behind", deficit: first.standing.deficit, nextDeficit: second.standing.deficit };
  }
  if (byLastAssigned(first, second) !== 0) {
    return { code: "longest_without", lastAssignedAt: first.candidate.lastAssignedAt };
  }
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
  const left = a.candidate.lastAssignedAt ?? Number.NEGATIVE_INFINITY;
  const right = b.candidate.lastAssignedAt ?? Number.NEGATIVE_INFINITY;
  return left === right ? 0 : left - right;
}

function byId(a: Ranked, b: Ranked): number {
  return a.candidate.providerId < b.candidate.providerId ? -1 : 1;
}
