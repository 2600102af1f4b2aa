import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Instant } from "./instant.ts";
import { type Interval, interval, intervalContains, intervalIncludes, intervalsOverlap } from "./interval.ts";
import {
  clipIntervals,
  intersectIntervals,
  intervalsContain,
  intervalsOverlapping,
  normalizeIntervals,
  subtractIntervals,
  uniteIntervals,
} from "./interval-list.ts";

const span = (start: number, end: number) => interval(start as Instant, end as Instant);
const LAST = 40;

const anyList = fc
  .array(fc.tuple(fc.integer({ min: 0, max: LAST }), fc.integer({ min: 0, max: 8 })), { maxLength: 12 })
  .map((pairs) => pairs.map(([start, length]) => span(start, Math.min(LAST, start + length))));
const normalList = anyList.map(normalizeIntervals);

const anySpan = fc
  .tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 6 }))
  .map(([start, length]) => span(start, start + length));

/** The model: which of the 40 unit steps a list covers. */
const steps = (list: readonly Interval[]) =>
  Array.from({ length: LAST }, (_, step) => list.some((one) => intervalIncludes(one, step as Instant)));

describe("lists of intervals are sets of instants", () => {
  test("normalizing changes no instant, is idempotent and leaves its argument alone", () => {
    fc.assert(
      fc.property(anyList, (list) => {
        const frozen = Object.freeze(list.map((one) => Object.freeze({ ...one })));
        const normal = normalizeIntervals(frozen);
        expect(steps(normal)).toEqual(steps(list));
        expect(normalizeIntervals(normal)).toBe(normal);
        for (let index = 1; index < normal.length; index++) {
          expect(normal[index]?.start).toBeGreaterThan(normal[index - 1]?.end as number);
        }
      }),
    );
  });

  test("union, intersection and difference are those of the model", () => {
    fc.assert(
      fc.property(normalList, normalList, (a, b) => {
        const [inA, inB] = [steps(a), steps(b)];
        expect(steps(uniteIntervals(a, b))).toEqual(inA.map((yes, step) => yes || inB[step]));
        expect(steps(intersectIntervals(a, b))).toEqual(inA.map((yes, step) => yes && inB[step]));
        expect(steps(subtractIntervals(a, b))).toEqual(inA.map((yes, step) => yes && !inB[step]));
      }),
      { numRuns: 500 },
    );
  });

  test("results are normal", () => {
    fc.assert(
      fc.property(normalList, normalList, (a, b) => {
        for (const result of [uniteIntervals(a, b), intersectIntervals(a, b), subtractIntervals(a, b)]) {
          expect(normalizeIntervals(result)).toBe(result);
        }
      }),
    );
  });

  test("laws: idempotent, commutative, associative, A−B apart from B, (A−B) ∪ (A∩B) = A", () => {
    fc.assert(
      fc.property(normalList, normalList, normalList, (a, b, c) => {
        expect(uniteIntervals(a, a)).toEqual(a);
        expect(intersectIntervals(a, a)).toEqual(a);
        expect(uniteIntervals(a, b)).toEqual(uniteIntervals(b, a));
        expect(intersectIntervals(a, b)).toEqual(intersectIntervals(b, a));
        expect(uniteIntervals(uniteIntervals(a, b), c)).toEqual(uniteIntervals(a, uniteIntervals(b, c)));
        expect(intersectIntervals(subtractIntervals(a, b), b)).toEqual([]);
        expect(uniteIntervals(subtractIntervals(a, b), intersectIntervals(a, b))).toEqual(a);
      }),
    );
  });

  test("containment and overlap are those of the model", () => {
    fc.assert(
      fc.property(
        normalList,
        fc.nat({ max: LAST - 1 }),
        fc.integer({ min: 1, max: 6 }),
        (a, start, length) => {
          const window = span(start, Math.min(LAST, start + length));
          const covered = steps(a).slice(window.start, window.end);
          expect(intervalsContain(a, window)).toBe(covered.every(Boolean));
          expect(intervalsOverlapping(a, window).length > 0).toBe(covered.some(Boolean));
          expect(clipIntervals(a, window)).toEqual(intersectIntervals(a, [window]));
        },
      ),
    );
  });
});

describe("half-open", () => {
  test("spans that touch do not overlap; one more millisecond and they do", () => {
    expect(intervalsOverlap(span(9, 10), span(10, 11))).toBe(false);
    expect(intervalsOverlap(span(9, 11), span(10, 11))).toBe(true);
  });
  test("an empty span overlaps nothing", () => {
    expect(intervalsOverlap(span(5, 5), span(0, 10))).toBe(false);
    expect(intervalsOverlap(span(5, 6), span(0, 10))).toBe(true);
    expect(intervalsOverlap(span(0, 10), span(5, 5))).toBe(false);
  });
  test("a span holds its start and not its end", () => {
    expect([intervalIncludes(span(1, 2), 1 as Instant), intervalIncludes(span(1, 2), 2 as Instant)]).toEqual([
      true,
      false,
    ]);
    expect(intervalContains(span(1, 5), span(1, 5))).toBe(true);
    expect(intervalContains(span(1, 5), span(1, 6))).toBe(false);
  });
  test("a span cannot end before it starts", () => {
    expect(() => span(2, 1)).toThrow(RangeError);
    expect(() => span(2, 2)).not.toThrow();
  });
});

describe("overlap", () => {
  test("is symmetric, and means that some instant lies in both", () => {
    fc.assert(
      fc.property(anySpan, anySpan, (a, b) => {
        const shared = Array.from({ length: 20 }, (_, at) => at as Instant).some(
          (at) => intervalIncludes(a, at) && intervalIncludes(b, at),
        );
        expect(intervalsOverlap(a, b)).toBe(shared);
        expect(intervalsOverlap(b, a)).toBe(shared);
      }),
    );
  });
});
