import type { Instant } from "./instant.ts";

/** Half-open span of time `[start, end)`: its end is not part of it, so neighbours touch without overlapping. */
export type Interval = { readonly start: Instant; readonly end: Instant };

/** A half-open span. @throws RangeError when it ends before it starts. An empty span (`start = end`) is allowed. */
export function interval(start: Instant, end: Instant): Interval {
  if (!(start <= end)) throw new RangeError(`Interval ends before it starts: ${start} to ${end}`);
  return { start, end };
}

/**
 * Whether two spans share at least one instant. Spans that only touch do not, nor does an empty span with anything.
 *
 * @example 9:00–10:00 and 10:00–11:00 do not overlap.
 */
export function intervalsOverlap(a: Interval, b: Interval): boolean {
  return a.start < b.end && b.start < a.end && a.start < a.end && b.start < b.end;
}

/** Whether `inner` lies wholly inside `outer`. */
export function intervalContains(outer: Interval, inner: Interval): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** Whether the instant is inside the span (its end is not). */
export function intervalIncludes(span: Interval, at: Instant): boolean {
  return span.start <= at && at < span.end;
}
