import type { Instant } from "./instant.ts";
import { type Interval, intervalContains } from "./interval.ts";

/**
 * Operations on sets of instants held as lists of half-open spans. A list is *normal* when its spans are not empty,
 * sorted, disjoint and not touching; every function here returns a normal list, and all but {@link normalizeIntervals}
 * and {@link uniteIntervals} expect normal lists and run in linear time, without touching their arguments.
 */

/**
 * The same instants as a normal list. An already normal list is returned as it is, after one linear look.
 *
 * @example normalizeIntervals([{start: 5, end: 9}, {start: 1, end: 5}]) // [{start: 1, end: 9}]
 */
export function normalizeIntervals(list: readonly Interval[]): readonly Interval[] {
  if (isNormal(list)) return list;
  const sorted = list.filter((span) => span.start < span.end).sort((a, b) => a.start - b.start);
  const merged: Interval[] = [];
  for (const span of sorted) pushMerging(merged, span.start, span.end);
  return merged;
}

/** Instants in any of the lists (which need not be normal). Sorts: O(n log n) unless the result is given away. */
export function uniteIntervals(...lists: readonly (readonly Interval[])[]): readonly Interval[] {
  return normalizeIntervals(lists.flat());
}

/** Instants in both lists. */
export function intersectIntervals(a: readonly Interval[], b: readonly Interval[]): readonly Interval[] {
  const result: Interval[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const left = a[i] as Interval;
    const right = b[j] as Interval;
    const start = Math.max(left.start, right.start) as Instant;
    const end = Math.min(left.end, right.end) as Instant;
    if (start < end) result.push({ start, end });
    if (left.end < right.end) i++;
    else j++;
  }
  return result;
}

/** Instants in `a` and not in `b`. */
export function subtractIntervals(a: readonly Interval[], b: readonly Interval[]): readonly Interval[] {
  if (b.length === 0) return a;
  const result: Interval[] = [];
  let j = 0;
  for (const span of a) {
    let start = span.start;
    while (j < b.length && (b[j] as Interval).end <= start) j++;
    // A span of `b` may reach into the next span of `a`, so the outer pointer stays on it.
    for (let k = j; k < b.length && (b[k] as Interval).start < span.end; k++) {
      const hole = b[k] as Interval;
      if (hole.start > start) result.push({ start, end: hole.start });
      if (hole.end > start) start = hole.end;
    }
    if (start < span.end) result.push({ start, end: span.end });
  }
  return result;
}

/** The part of a list that lies inside `window`. */
export function clipIntervals(list: readonly Interval[], window: Interval): readonly Interval[] {
  return intersectIntervals(list, window.start < window.end ? [window] : []);
}

/** Whether one span of the list holds the whole of `inner`. Binary search. */
export function intervalsContain(list: readonly Interval[], inner: Interval): boolean {
  const holder = list[lastStartingAtOrBefore(list, inner.start)];
  return holder !== undefined && intervalContains(holder, inner);
}

/** Spans of the list that overlap `window`, whole (not clipped). The list may overlap itself but must be sorted by start. */
export function intervalsOverlapping<T extends Interval>(list: readonly T[], window: Interval): T[] {
  return list.filter((span) => span.start < window.end && window.start < span.end && span.start < span.end);
}

/**
 * Appends `[start, end)` to a normal list under construction, merging with its last span when they overlap or touch.
 * Starts must come in ascending order.
 */
export function pushMerging(target: Interval[], start: Instant, end: Instant): void {
  const last = target[target.length - 1];
  if (last === undefined || last.end < start) target.push({ start, end });
  else if (last.end < end) target[target.length - 1] = { start: last.start, end };
}

function isNormal(list: readonly Interval[]): boolean {
  let previousEnd = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < list.length; index++) {
    const span = list[index] as Interval;
    if (span.start <= previousEnd || span.end <= span.start) return false;
    previousEnd = span.end;
  }
  return true;
}

function lastStartingAtOrBefore(list: readonly Interval[], at: Instant): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((list[middle] as Interval).start <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
