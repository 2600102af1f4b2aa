import { DAY_MS, type Instant } from "../time/instant.ts";
import { bookableWindow } from "./booking-rules.ts";
import type { SlotFacts } from "./slot-facts.ts";
import { slots } from "./slots.ts";

/** How far a search without a horizon looks. */
const SEARCH_DAYS = 366;

/** First width of a search, in days: most providers have something within the week. */
const FIRST_STEP_DAYS = 7;

/**
 * The earliest start that can be booked at or after `from` (by default now), for `next_available_at`; null when there
 * is none up to the horizon, or within a year without one. Busy time must be known that far.
 */
export function firstFree(facts: SlotFacts, from: Instant = facts.now): Instant | null {
  return startsAfter(facts, from, 1)[0] ?? null;
}

/**
 * The starts nearest to a wanted one that is taken, ascending: what a refused booking proposes instead. The wanted
 * start itself is left out. Of two starts equally near, the earlier is preferred.
 *
 * @example nearestFree({ facts, wanted, count: 3 }) // [30 minutes before, 15 after, 45 after]
 */
export function nearestFree({ facts, wanted, count = 3 }: NearestQuery): Instant[] {
  const after = startsAfter(facts, (wanted + 1) as Instant, count);
  const before = startsBefore(facts, wanted, count);
  return [...before, ...after]
    .sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted) || a - b)
    .slice(0, count)
    .sort((a, b) => a - b);
}

type NearestQuery = { readonly facts: SlotFacts; readonly wanted: Instant; readonly count?: number };

function startsAfter(facts: SlotFacts, from: Instant, count: number): Instant[] {
  const { start, end } = bookableWindow(facts.rules, facts.now, facts.schedule.zone);
  const first = Math.max(from, start);
  const last = Math.min(end, first + SEARCH_DAYS * DAY_MS);
  const found: Instant[] = [];
  let step = FIRST_STEP_DAYS * DAY_MS;
  for (let at = first; at < last && found.length < count; step *= 2) {
    const to = Math.min(at + step, last);
    found.push(...slots({ facts, from: at as Instant, to: to as Instant, limit: count - found.length }));
    at = to;
  }
  return found;
}

/** The last `count` starts before `to`, ascending. */
function startsBefore(facts: SlotFacts, to: Instant, count: number): Instant[] {
  const { start, end } = bookableWindow(facts.rules, facts.now, facts.schedule.zone);
  const last = Math.min(to, end);
  const first = Math.max(start, last - SEARCH_DAYS * DAY_MS);
  let found: Instant[] = [];
  let step = FIRST_STEP_DAYS * DAY_MS;
  for (let at = last; at > first && found.length < count; step *= 2) {
    const from = Math.max(at - step, first);
    found = [...slots({ facts, from: from as Instant, to: at as Instant }), ...found];
    at = from;
  }
  return found.slice(-count);
}
