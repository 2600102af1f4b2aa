import { isoWeekdayOf, type LocalDate } from "@creneau/domain/time/local-date";
import { wallTimeOf } from "../time/wall-time.ts";

type Span = { startsAt: string; endsAt: string };
type MillisecondSpan = { start: number; end: number };

function sorted(spans: readonly Span[]): MillisecondSpan[] {
  return spans
    .map((span) => ({ start: Date.parse(span.startsAt), end: Date.parse(span.endsAt) }))
    .sort((a, b) => a.start - b.start);
}

/** What is left of `[from, to)` once the open spans are taken out; spans may overlap and come in any order. */
export function closedSpans({ from, to, open }: { from: string; to: string; open: readonly Span[] }): Span[] {
  const closed: Span[] = [];
  let cursor = Date.parse(from);
  const end = Date.parse(to);
  for (const span of sorted(open)) {
    if (span.start > cursor) closed.push(toSpan(cursor, Math.min(span.start, end)));
    cursor = Math.max(cursor, span.end);
    if (cursor >= end) return closed;
  }
  closed.push(toSpan(cursor, end));
  return closed;
}

function toSpan(start: number, end: number): Span {
  return { startsAt: new Date(start).toISOString(), endsAt: new Date(end).toISOString() };
}

/**
 * First and last hour a grid must show so that every span is in sight, as whole hours of the zone (0–24),
 * never narrower than 8–19.
 */
export function visibleHours(spans: readonly Span[], zone: string): { first: number; last: number } {
  let first = 8;
  let last = 19;
  for (const span of spans) {
    const start = wallTimeOf({ instant: span.startsAt, zone });
    const end = wallTimeOf({ instant: span.endsAt, zone });
    first = Math.min(first, Math.floor(start.minute / 60));
    last = Math.max(last, start.date === end.date ? Math.ceil(end.minute / 60) : 24);
  }
  return { first, last };
}

/** ISO weekdays (1–7) on which any of the spans lies. */
export function weekdaysOf(spans: readonly Span[], zone: string): Set<number> {
  return new Set(
    spans.map((span) => isoWeekdayOf(wallTimeOf({ instant: span.startsAt, zone }).date as LocalDate)),
  );
}
