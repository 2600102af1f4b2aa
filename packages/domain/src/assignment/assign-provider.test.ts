import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Instant } from "../time/instant.ts";
import { type AssignmentCandidate, assignProvider, type PastAssignment } from "./assign-provider.ts";

const at = (round: number) => round as Instant;

function candidate(providerId: string, changes: Partial<AssignmentCandidate> = {}): AssignmentCandidate {
  return { providerId, weight: 1, isFree: true, ...changes };
}

/** `"aab"` as a history: a at 0, a at 1, b at 2. */
function past(order: string): PastAssignment[] {
  return [...order].map((providerId, round) => ({ providerId, assignedAt: at(round) }));
}

/** Who gets each of the next `rounds` appointments, one after the other. */
function simulate(
  candidates: readonly AssignmentCandidate[],
  rounds: number,
  {
    history = [],
    isFree = () => true,
  }: { history?: PastAssignment[]; isFree?: (id: string, round: number) => boolean } = {},
): string[] {
  const order: string[] = [];
  for (let round = 0; round < rounds; round++) {
    const result = assignProvider({
      candidates: candidates.map((one) => ({ ...one, isFree: isFree(one.providerId, round) })),
      history: [
        ...history,
        ...order.map((providerId, index) => ({ providerId, assignedAt: at(history.length + index) })),
      ],
    });
    if (!result.ok) throw new Error("nobody");
    order.push(result.providerId);
  }
  return order;
}

const trio = ["c", "a", "b"].map((id) => candidate(id));

describe("assignProvider", () => {
  test("equal weights take turns", () => {
    expect(simulate(trio, 7).join("")).toBe("abcabca");
  });

  test("weight 2 gets twice as much, spread out", () => {
    const order = simulate([candidate("a", { weight: 2 }), candidate("b"), candidate("c")], 8).join("");
    expect(order.replaceAll(/[^a]/g, "")).toHaveLength(4);
    expect(order).not.toMatch(/aaa/);
  });

  test("nobody strays more than one appointment per colleague from their share, at any moment", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 1, max: 40 }),
        (weights, rounds) => {
          const team = weights.map((weight, index) => candidate(`p${index}`, { weight }));
          const total = weights.reduce((sum, weight) => sum + weight, 0);
          const order = simulate(team, rounds);
          for (const { providerId, weight } of team) {
            const assigned = order.filter((id) => id === providerId).length;
            expect(Math.abs((weight / total) * rounds - assigned)).toBeLessThanOrEqual(
              Math.max(1, team.length - 1),
            );
          }
        },
      ),
    );
  });

  const longAgo = past("ab".repeat(50));

  test("regression: a newcomer is not given everything until they have caught up", () => {
    const countFor = (presentFrom: Instant | null) =>
      simulate([candidate("a"), candidate("b"), candidate("new", { presentFrom })], 9, {
        history: longAgo,
      }).filter((id) => id === "new").length;
    expect(countFor(at(100))).toBe(3);
    expect(countFor(null)).toBe(9); // the twin: counted as if always there, the newcomer gets it all
  });

  test("nor one back from leave", () => {
    const countFor = (absences: AssignmentCandidate["absences"]) =>
      simulate([candidate("a"), candidate("b"), candidate("c", { absences })], 9, {
        history: longAgo,
      }).filter((id) => id === "c").length;
    expect(countFor([{ start: at(0), end: at(100) }])).toBe(3);
    expect(countFor([{ start: at(0), end: at(50) }])).toBe(9);
  });

  test("present but not free: passed over, and given their due later", () => {
    const order = simulate(
      ["a", "b"].map((id) => candidate(id)),
      8,
      { isFree: (id, round) => id !== "a" || round >= 4 },
    );
    expect(order.join("")).toBe("bbbbaaaa");
  });

  test("what was given to people who have left does not count", () => {
    expect(simulate(trio, 3, { history: past("zzzzzz") })).toEqual(simulate(trio, 3));
  });

  test("the answer does not depend on the order of the rows", () => {
    const anyTeam = fc.array(
      fc.record({
        weight: fc.integer({ min: 0, max: 3 }),
        isFree: fc.boolean(),
        presentFrom: fc.option(fc.nat(10).map(at)),
      }),
      { minLength: 1, maxLength: 6 },
    );
    fc.assert(
      fc.property(anyTeam, fc.array(fc.nat(6), { maxLength: 12 }), (rows, given) => {
        const candidates = rows.map((row, index) => candidate(`p${index}`, row));
        const history = given.map((index, round) => ({ providerId: `p${index}`, assignedAt: at(round) }));
        const { standings, ...answer } = assignProvider({ candidates, history });
        const reversed = assignProvider({
          candidates: candidates.toReversed(),
          history: history.toReversed(),
        });
        expect(reversed.ok && reversed.providerId).toEqual(answer.ok && answer.providerId);
        expect(reversed.standings.map((one) => one.providerId)).toEqual(
          standings.map((one) => one.providerId),
        );
      }),
    );
  });

  describe("says why", () => {
    const whyOf = (candidates: readonly AssignmentCandidate[], history = past("")) => {
      const result = assignProvider({ candidates, history });
      return result.ok ? [result.providerId, result.why] : result.code;
    };
    const pair = [candidate("b"), candidate("a")];

    test("furthest behind", () => {
      expect(whyOf(pair, past("aaab"))).toEqual([
        "b",
        { code: "furthest_behind", deficit: 1, nextDeficit: -1 },
      ]);
    });
    test("longest without", () => {
      expect(whyOf(pair, past("ba"))).toEqual(["b", { code: "longest_without", lastAssignedAt: 0 }]);
    });
    test("fixed order", () => {
      expect(whyOf(pair)).toEqual(["a", { code: "fixed_order" }]);
    });
    test("only candidate, with the others passed over", () => {
      const team = [candidate("a", { isFree: false }), candidate("b"), candidate("c", { weight: 0 })];
      expect(whyOf(team)).toEqual(["b", { code: "only_candidate" }]);
      const { standings } = assignProvider({ candidates: team, history: [] });
      expect(standings.map(({ providerId, passedOver }) => [providerId, passedOver])).toEqual([
        ["b", null],
        ["a", "not_free"],
        ["c", "no_weight"],
      ]);
    });
    test("nobody", () => {
      expect(whyOf([candidate("a", { isFree: false })])).toBe("no_candidate");
      expect(whyOf([])).toBe("no_candidate");
    });
  });
});
