import type { Rule } from "./schema.ts";

/** The first two weekly windows that meet on the same day while both are valid; null when none do. Touching is fine. */
export function overlappingWindows(rules: readonly Rule[]): readonly [Rule, Rule] | null {
  const byWeekday = Map.groupBy(rules, ({ isoWeekday }) => isoWeekday);
  for (const ofDay of byWeekday.values()) {
    const sorted = ofDay.toSorted((a, b) => a.startMinute - b.startMinute);
    for (const [index, rule] of sorted.entries()) {
      for (const later of sorted.slice(index + 1)) {
        if (later.startMinute >= rule.endMinute) break;
        if (areValidTogether(rule, later)) return [rule, later];
      }
    }
  }
  return null;
}

function areValidTogether(a: Rule, b: Rule): boolean {
  const startsBeforeEnd = (from: string | null, to: string | null) =>
    from === null || to === null || from <= to;
  return startsBeforeEnd(a.validFrom, b.validTo) && startsBeforeEnd(b.validFrom, a.validTo);
}
