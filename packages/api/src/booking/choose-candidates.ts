import { decideCreate } from "@creneau/domain/appointments/decide-create";
import type { RefusalCode } from "@creneau/domain/appointments/decision";
import type {
  PlacementFacts,
  PlacementPermission,
  PlacementWrite,
} from "@creneau/domain/appointments/placement";
import {
  type AssignmentStanding,
  type AssignmentWhy,
  assignProvider,
} from "@creneau/domain/assignment/assign-provider";
import { freeRooms } from "@creneau/domain/availability/room-choice";
import type { Instant } from "@creneau/domain/time/instant";
import type { Assignments, SiteBusy } from "./booking-cache.ts";
import type { BookingTarget } from "./booking-target.ts";
import type { Candidate, SiteProvider } from "./queries.ts";
import { factsOf } from "./slot-facts.ts";

/** Candidates in the order to try them; or why there is none. */
export type Choice =
  | { ok: true; candidates: Candidate[]; write: PlacementWrite }
  | { ok: false; code: RefusalCode };

const visitor: PlacementPermission = {
  authority: "client",
  force: false,
  mayForce: false,
  lanes: 0,
  externalConflicts: "refuse",
};

/** Who could take this start, fairest first. */
export function chooseCandidates({
  target,
  busy,
  assigned,
  startsAt,
  now,
}: {
  target: BookingTarget;
  busy: SiteBusy;
  /** What each was given lately; needed when anyone will do. */
  assigned?: Assignments;
  startsAt: Instant;
  now: number;
}): Choice {
  const { setup, service, providers, isAnyone } = target;
  const free = new Map<string, { write: PlacementWrite; candidate: Candidate }>();
  const refusals: RefusalCode[] = [];
  for (const provider of providers) {
    const facts = factsOf(provider, { setup, service, busy, now });
    if (!facts) continue;
    const decision = decideCreate({
      request: { providerId: provider.id, startsAt },
      facts,
      permission: visitor,
    });
    if (!decision.ok) refusals.push(decision.code);
    else {
      const { write } = decision;
      free.set(provider.id, {
        write,
        candidate: {
          providerId: provider.id,
          rooms: roomsFor(facts, write),
          dailyLimit: provider.dailyLimit,
        },
      });
    }
  }
  const first = free.values().next().value;
  if (!first)
    return {
      ok: false,
      code: refusals.includes("slot_taken") ? "slot_taken" : (refusals[0] ?? "outside_availability"),
    };
  if (!isAnyone) return { ok: true, candidates: [first.candidate], write: first.write };
  return { ok: true, candidates: inFairOrder(target, assigned, free), write: first.write };
}

/** The room decided on, then the others that are free. */
function roomsFor(facts: PlacementFacts, { roomId, busyFrom, busyTo }: PlacementWrite): string[] {
  if (roomId === null) return [];
  const others = freeRooms(facts.siteRooms, { start: busyFrom, end: busyTo }).filter((id) => id !== roomId);
  return [roomId, ...others];
}

function inFairOrder(
  { setup, providers }: BookingTarget,
  assigned: Assignments | undefined,
  free: Map<string, { candidate: Candidate }>,
): Candidate[] {
  const assignment = assignProvider({
    candidates: providers.map((provider) => ({
      providerId: provider.id,
      weight: provider.weight,
      isFree: free.has(provider.id),
      presentFrom: provider.presentFrom as Instant,
      absences: setup.schedules.get(provider.id)?.timeOff ?? [],
    })),
    history: providers.flatMap(({ id }) =>
      (assigned?.get(id) ?? []).map((assignedAt) => ({ providerId: id, assignedAt })),
    ),
  });
  // Without a weight nobody is assigned by themselves; when they alone are free, a visitor still finds no one.
  return assignment.standings
    .filter(({ passedOver }) => passedOver === null)
    .flatMap((standing, rank) => {
      const found = free.get(standing.providerId);
      if (!found) return [];
      const why = rank === 0 && assignment.ok ? assignment.why : { code: "next_in_order" as const };
      return [
        {
          ...found.candidate,
          why: { why, rank, standings: assignment.standings },
          note: noteOf({
            why,
            standing,
            locale: setup.organization.locale,
            name: nameOf(providers, standing.providerId),
          }),
        },
      ];
    });
}

function nameOf(providers: SiteProvider[], id: string): string {
  return providers.find((provider) => provider.id === id)?.name ?? "";
}

/** Why, in a sentence of the organization's language. */
function noteOf({
  why,
  standing,
  locale,
  name,
}: {
  why: AssignmentWhy | { code: "next_in_order" };
  standing: AssignmentStanding;
  locale: string;
  name: string;
}): string {
  const behind = new Intl.NumberFormat(locale, {
    maximumFractionDigits: 1,
    signDisplay: "exceptZero",
  }).format(-standing.deficit);
  const reasons =
    locale === "en"
      ? {
          only_candidate: "the only one free",
          furthest_behind: `furthest behind the fair share (${behind} appointments)`,
          longest_without: "the longest without a new appointment",
          fixed_order: "all equal, in order",
          next_in_order: "next in order, the one before was taken meanwhile",
        }
      : {
          only_candidate: "seule personne libre",
          furthest_behind: `le plus en retard sur sa part (${behind} rendez-vous)`,
          longest_without: "le plus longtemps sans nouveau rendez-vous",
          fixed_order: "à égalité, dans l’ordre",
          next_in_order: "suivant dans l’ordre, le précédent venait d’être pris",
        };
  return locale === "en"
    ? `Assigned to ${name}: ${reasons[why.code]}.`
    : `Attribué à ${name} : ${reasons[why.code]}.`;
}
