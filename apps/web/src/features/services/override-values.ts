import { overrideSchema } from "@creneau/api/directory/schema";
import type { z } from "zod";
import { amountText, centsOf, numberText, requiredNumberOf } from "../forms/form-values.ts";

type Override = z.input<typeof overrideSchema>;

/** One line of a price matrix as its form holds it: for subjects like this, another duration or price. */
export type OverrideValues = {
  key: string;
  conditions: { key: string; attribute: string; value: string }[];
  /** Empty: the service's own. */
  durationMinutes: string;
  /** Empty: the service's own; a dash: no price is shown. */
  price: string;
};

const noPrice = /^[-–—]$/;
let lastKey = 0;

function newKey(): string {
  lastKey += 1;
  return `line-${lastKey}`;
}

export function newCondition() {
  return { key: newKey(), attribute: "", value: "" };
}

export function newOverride(): OverrideValues {
  return { key: newKey(), conditions: [newCondition()], durationMinutes: "", price: "" };
}

/** A stored line as a form holds it, the same whenever it is read: `place` counts the service's lines from 0. */
export function overrideValues(
  override: { when: Record<string, unknown>; durationMinutes?: unknown; priceCents?: unknown },
  { place, locale }: { place: number; locale: string },
): OverrideValues {
  const { durationMinutes, priceCents } = override;
  return {
    key: `stored-${place}`,
    conditions: Object.entries(override.when).map(([attribute, value]) => ({
      key: `stored-${place}-${attribute}`,
      attribute,
      value: String(value),
    })),
    durationMinutes: numberText(typeof durationMinutes === "number" ? durationMinutes : null),
    price: priceCents === null ? "–" : amountText(typeof priceCents === "number" ? priceCents : null, locale),
  };
}

/** The line as the API takes it. Values stay texts: a number equals its text when they are compared. */
export function overrideInput({ conditions, durationMinutes, price }: OverrideValues): Override {
  const typed = conditions.map(({ attribute, value }) => [attribute.trim(), value.trim()] as const);
  return {
    when: Object.fromEntries(typed.filter(([attribute, value]) => attribute !== "" && value !== "")),
    durationMinutes: requiredNumberOf(durationMinutes),
    priceCents: noPrice.test(price.trim()) ? null : (centsOf(price) ?? undefined),
  };
}

export type OverrideProblem = "conditions" | "durationMinutes" | "price" | "nothing";

/** What is wrong with a line; undefined when nothing is. */
export function overrideProblem(values: OverrideValues): OverrideProblem | undefined {
  const isHalf = values.conditions.some(
    ({ attribute, value }) => (attribute.trim() === "") !== (value.trim() === ""),
  );
  if (isHalf) return "conditions";
  const read = overrideSchema.safeParse(overrideInput(values));
  if (read.success) return undefined;
  const field = read.error.issues[0]?.path[0];
  if (field === "when") return "conditions";
  if (field === "durationMinutes") return "durationMinutes";
  return field === "priceCents" ? "price" : "nothing";
}
