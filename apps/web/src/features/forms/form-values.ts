/* Between the texts of a form and the values of a request. What is no number becomes NaN, which every schema refuses. */

/** A number as people type it, with a comma or a point; null when nothing is typed. */
export function numberOf(text: string): number | null {
  const typed = text.replace(/[\s\u00a0\u202f]/g, "").replace(",", ".");
  if (typed === "") return null;
  return /^[+-]?\d+(\.\d+)?$/.test(typed) ? Number(typed) : Number.NaN;
}

/** The same where something must be there: undefined, which a schema refuses as missing, when nothing is typed. */
export function requiredNumberOf(text: string): number | undefined {
  return numberOf(text) ?? undefined;
}

/** An amount such as "75", "75,5" or "75.50" in cents; null when nothing is typed. */
export function centsOf(text: string): number | null {
  const typed = text.replace(/[\s\u00a0\u202f€]/g, "").replace(",", ".");
  if (typed === "") return null;
  return /^\d+(\.\d{1,2})?$/.test(typed) ? Math.round(Number(typed) * 100) : Number.NaN;
}

/** Cents as they are typed: "75" or "75,50". */
export function amountText(cents: number | null | undefined, locale: string): string {
  if (cents === null || cents === undefined) return "";
  const amount = cents % 100 === 0 ? String(cents / 100) : (cents / 100).toFixed(2);
  return locale === "fr" ? amount.replace(".", ",") : amount;
}

/** A number as text of a form; empty for none. */
export function numberText(value: number | null | undefined): string {
  return value === null || value === undefined ? "" : String(value);
}

/** What differs from the first request to the second, so that saving does not undo what others changed meanwhile. */
export function changedFields<Input extends object>(before: Input, after: Input): Partial<Input> {
  const names = Object.keys(after) as (keyof Input)[];
  return Object.fromEntries(
    names
      .filter((name) => JSON.stringify(after[name]) !== JSON.stringify(before[name]))
      .map((name) => [name, after[name]]),
  ) as Partial<Input>;
}
