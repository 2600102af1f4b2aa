import { plusDays } from "../time/wall-time.ts";
import { type DraftRule, draftRule, isOfPeriod, type Period, periodsOf } from "./week-draft.ts";

function areApart(a: Period, b: Period): boolean {
  const endsBefore = (first: Period, second: Period) =>
    first.validTo !== null && second.validFrom !== null && first.validTo < second.validFrom;
  return endsBefore(a, b) || endsBefore(b, a);
}

/** The windows without the dates of a period: what reaches over a border is cut there. */
function carveOut(rules: readonly DraftRule[], period: Period): DraftRule[] {
  const { validFrom, validTo } = period;
  return rules.flatMap((rule) => {
    if (areApart(rule, period)) return [rule];
    const parts: DraftRule[] = [];
    if (validFrom !== null && (rule.validFrom === null || rule.validFrom < validFrom))
      parts.push({ ...rule, validTo: plusDays(validFrom, -1) });
    if (validTo !== null && (rule.validTo === null || rule.validTo > validTo))
      parts.push(draftRule({ ...rule, validFrom: plusDays(validTo, 1) }));
    return parts;
  });
}

/**
 * Other hours from a date on, or between two dates. They begin as a copy of the week they take the place of, and that
 * week goes on before and after.
 */
export function startPeriod(rules: readonly DraftRule[], period: Period): DraftRule[] {
  const first = period.validFrom ?? period.validTo;
  const replaced = rules.filter(
    (rule) => !areApart(rule, first === null ? period : { validFrom: first, validTo: first }),
  );
  return [...carveOut(rules, period), ...replaced.map((rule) => draftRule({ ...rule, ...period }))];
}

/** Takes a period away: the week before it goes on in its place, or else the one after it begins sooner. */
export function endPeriod(rules: readonly DraftRule[], period: Period): DraftRule[] {
  const rest = rules.filter((rule) => !isOfPeriod(rule, period));
  const dayBefore = period.validFrom && plusDays(period.validFrom, -1);
  const dayAfter = period.validTo && plusDays(period.validTo, 1);
  const before = rest.filter(({ validTo }) => dayBefore !== null && validTo === dayBefore);
  const after = rest.filter(({ validFrom }) => dayAfter !== null && validFrom === dayAfter);
  if (before.length === 0) {
    return rest.map((rule) => (after.includes(rule) ? { ...rule, validFrom: period.validFrom } : rule));
  }
  const continued = before.map((rule) => ({ rule, twin: after.find((each) => isSameWindow(each, rule)) }));
  // Halves that the period had cut apart become one again; if only some do, both weeks stay themselves.
  const isWhole =
    after.length > 0 && continued.length === after.length && continued.every(({ twin }) => twin);
  return rest.flatMap((rule) => {
    if (isWhole && after.includes(rule)) return [];
    const found = continued.find((each) => each.rule === rule);
    if (!found) return [rule];
    return [{ ...rule, validTo: isWhole && found.twin ? found.twin.validTo : period.validTo }];
  });
}

function isSameWindow(a: DraftRule, b: DraftRule): boolean {
  return a.isoWeekday === b.isoWeekday && a.startMinute === b.startMinute && a.endMinute === b.endMinute;
}

/** The period to show first: the one that counts today, else the first. */
export function currentPeriod(rules: readonly Period[], today: string): Period {
  const periods = periodsOf(rules);
  const day = { validFrom: today, validTo: today };
  return periods.find((period) => !areApart(period, day)) ?? periods[0] ?? { validFrom: null, validTo: null };
}

/** Gives a period other dates: the week around it closes up behind it and makes room before it. */
export function movePeriod(rules: readonly DraftRule[], from: Period, to: Period): DraftRule[] {
  const own = rules.filter((rule) => isOfPeriod(rule, from));
  return [...carveOut(endPeriod(rules, from), to), ...own.map((rule) => ({ ...rule, ...to }))];
}
