import { errorDetails } from "../../trpc/error-code.ts";

export type ReasonView = { code: string } & Record<string, unknown>;

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** The reasons of a refused placement; empty when there are none. */
export function errorReasons(error: unknown): ReasonView[] {
  const { reasons } = errorDetails(error);
  return Array.isArray(reasons)
    ? reasons.filter((each): each is ReasonView => isRecord(each) && typeof each.code === "string")
    : [];
}

/** The free starts nearest to the refused one. */
export function errorAlternatives(error: unknown): string[] {
  const { alternatives } = errorDetails(error);
  if (!Array.isArray(alternatives)) return [];
  return alternatives.flatMap((each) =>
    isRecord(each) && typeof each.startsAt === "string" ? [each.startsAt] : [],
  );
}

/** The field a refusal is about: the server's own word, or the first issue of its validation. */
export function errorField(error: unknown): string | null {
  const { field, issues } = errorDetails(error);
  if (typeof field === "string") return field;
  const first: unknown = Array.isArray(issues) ? issues[0] : undefined;
  return isRecord(first) && typeof first.path === "string" ? first.path : null;
}
