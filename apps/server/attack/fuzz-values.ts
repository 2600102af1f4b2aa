import type { z } from "zod";
import { type Definition, definitionOf } from "./sample-input.ts";

/*
 * What a fuzz puts where a request has a value: what breaks programs, databases, mails and calendar files, and the very
 * edges that a schema itself allows, for a schema that allows more than a column holds is the schema's fault.
 */

/** Text nobody types and programs meet. */
const oddTexts = [
  "",
  "a\0b",
  "\0",
  "a\u000bb",
  "a\r\nBcc: x@example.test",
  "a\u001bb",
  "a\u0085b",
  "a\u2028b",
  "\ud800",
  "a\udfffb",
  "\uffff",
  "\u202eabc",
  "e\u0301\u0301\u0301\u0301",
  "İıŒß",
  "%_\\",
  "'; DROP TABLE client; --",
  '{"a":1}',
  "__proto__",
  "{{7*7}} <%= 1 %>",
  "1e999",
  "00000000-0000-0000-0000-000000000000",
  "€".repeat(301),
];
/** Instants and dates at the edges of calendars, of PostgreSQL and of the zones, and some that do not exist. */
const oddTimes = [
  "0000-01-01T00:00:00Z",
  "0001-01-01T00:00:00Z",
  "1899-12-31T23:59:59.999Z",
  "1900-01-01T00:00:00Z",
  "1970-01-01T00:00:00.000Z",
  "2026-03-29T01:30:00Z",
  "2026-10-25T00:30:00Z",
  "2199-12-31T23:59:59.999Z",
  "9999-12-31T23:59:59.999999999Z",
  "2026-12-31T23:59:60Z",
  "2026-02-30T00:00:00Z",
  "2026-01-01T00:00:00+14:00",
  "0000-01-01T00:00:00+14:00",
  "2026-01-01T24:00:00Z",
  "0001-01-01",
  "1900-01-01",
  "2026-02-29",
  "2199-12-31",
  "9999-12-31",
];
const oddNumbers = [
  0, -0, -1, 0.5, 1e-7, 5e-324, 32_768, 2_147_483_647, 2_147_483_648, -2_147_483_649, 4_294_967_296,
  9_007_199_254_740_991, 9_007_199_254_740_992, 1e308,
];
/** Of another kind than anything expects. */
const otherKinds: unknown[] = [
  null,
  undefined,
  true,
  1,
  "a",
  [],
  {},
  [[[]]],
  { __proto__: null, constructor: 1 },
];

/** What to put where `value` stands. */
export function oddValuesFor(value: unknown): unknown[] {
  if (typeof value === "number") return [...oddNumbers, ...otherKinds, "1"];
  if (typeof value === "string") {
    const mixed = [`${value}\0`, `\u000b${value}`, `${value}\ud800`, `${value}😀`];
    return [...mixed, ...oddTexts, ...(/^\d{4}-\d\d-\d\d/.test(value) ? oddTimes : []), ...otherKinds];
  }
  if (Array.isArray(value)) {
    return [[], [...value, ...value], Array.from({ length: 5_000 }, () => value[0] ?? "a"), ...otherKinds];
  }
  if (typeof value === "object" && value !== null) {
    return [...oddTexts.map((key) => ({ ...value, [key]: "a" })), ...otherKinds];
  }
  return otherKinds;
}

/** What has broken procedures before, or would break most of them. */
const worst: readonly unknown[] = ["a\0b", "a\u000bb", "\ud800", 2_147_483_648];
export const isTriedEverywhere = (odd: unknown): boolean => worst.includes(odd);

export type Path = readonly (string | number)[];

/** Every place of a request that a value stands in, the request itself among them. */
export function placesIn(value: unknown, at: Path = []): { path: Path; value: unknown }[] {
  const below =
    typeof value === "object" && value !== null
      ? Object.entries(value).flatMap(([key, child]) =>
          placesIn(child, [...at, Array.isArray(value) ? Number(key) : key]),
        )
      : [];
  return [{ path: at, value }, ...below];
}

/** A copy with another value in one place; without it where the value is undefined. */
export function withValue(request: unknown, [step, ...rest]: Path, value: unknown): unknown {
  if (step === undefined) return value;
  const copy = Array.isArray(request) ? [...request] : { ...(request as object) };
  const slot = copy as Record<string | number, unknown>;
  slot[step] = withValue(slot[step], rest, value);
  return copy;
}

/** The largest and smallest values that the schema takes at a place, as far as it says. */
export function edgesAt(schema: z.ZodType, path: Path): unknown[] {
  return leavesAt(schema, path).flatMap((def): unknown[] => {
    const limits = (def.checks ?? []).map(({ _zod }) => _zod.def);
    if (def.type === "string") {
      const most = limits.find(({ check }) => check === "max_length")?.maximum;
      return most === undefined ? [] : ["漢", "😀"].map((letter) => fill(letter, Math.min(most, 5_000)));
    }
    if (def.type === "number" || def.type === "int") {
      return limits.flatMap(({ check, value }) =>
        (check === "less_than" || check === "greater_than") && value !== undefined
          ? [value, value + 1, value - 1]
          : [],
      );
    }
    return [];
  });
}

/** As many of a letter as fit into so many UTF-16 units. */
function fill(letter: string, units: number): string {
  return letter.repeat(Math.floor(units / letter.length));
}

function leavesAt(schema: z.ZodType, path: Path): Definition[] {
  const def = definitionOf(schema);
  const inner = [def.innerType, def.in, def.left, def.right, ...(def.options ?? [])].filter(
    (part) => part !== undefined,
  );
  if (inner.length > 0) return inner.flatMap((part) => leavesAt(part, path));
  const [step, ...rest] = path;
  if (step === undefined) return [def];
  const isField = def.shape !== undefined && Object.hasOwn(def.shape, step);
  const child = typeof step === "number" ? def.element : isField ? def.shape?.[step] : def.valueType;
  return child ? leavesAt(child, rest) : [];
}
