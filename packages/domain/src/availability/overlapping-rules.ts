import type { MinuteWindow } from "./opening-hours.ts";

/** What two weekly rules are compared by; dates are `YYYY-MM-DD`, absent or null where there is no bound. */
export type ComparableRule = MinuteWindow & {
  readonly isoWeekday: number;
  readonly validFrom?: string | null;
  readonly validTo?: string | null;
};

/**
 * Which weekly rules share a minute of a weekday while both are valid, as pairs of indices, the earlier window first.
 * Windows that only touch do not.
 *
 * @example Monday 9:00–12:00 and Monday 11:00–14:00 overlap, unless one ends before the other becomes valid.
 */
export function overlappingRules(rules: readonly ComparableRule[]): [number, number][] {
  const pairs: [number, number][] = [];
  const byWeekday = Map.groupBy(rules.keys(), (index) => rules[index]?.isoWeekday);
  const startOf = (index: number) => rules[index]?.startMinute ?? 0;
  for (const ofDay of byWeekday.values()) {
    const sorted = ofDay.toSorted((a, b) => startOf(a) - startOf(b));
    for (const [position, index] of sorted.entries()) {
      const rule = rules[index];
      for (const laterIndex of sorted.slice(position + 1)) {
        const later = rules[laterIndex];
        if (!rule || !later || later.startMinute >= rule.endMinute) break;
        if (areValidTogether(rule, later)) pairs.push([index, laterIndex]);
      }
    }
  }
  return pairs;
}

function areValidTogether(a: ComparableRule, b: ComparableRule): boolean {
  return startsBeforeEnd(a.validFrom, b.validTo) && startsBeforeEnd(b.validFrom, a.validTo);
}

function startsBeforeEnd(from: string | null | undefined, to: string | null | undefined): boolean {
  return from == null || to == null || from <= to;
}
