import type { useTranslations } from "next-intl";
import { errorCode, errorDetails } from "../../trpc/error-code.ts";
import { obstacleSentence } from "./obstacle-sentence.ts";
import { isRefused, type Obstacle, obstaclesOf } from "./placement-obstacles.ts";

const known = [
  "slot_taken",
  "version_conflict",
  "outside_availability",
  "forbidden",
  "not_found",
  "unauthenticated",
  "invalid_input",
  "rate_limited",
  "invalid_transition",
  "too_late_to_cancel",
  "unavailable",
  "offline",
  "unknown",
] as const;

/** The server's code as a sentence; a code this version does not know is told as an unknown failure. */
export function refusalReason(t: ReturnType<typeof useTranslations<"calendar">>, code: string): string {
  return t(`errors.${known.find((each) => each === code) ?? "unknown"}`);
}

/** The reasons a refused place came with, each in words. */
export function refusalDetails(
  t: ReturnType<typeof useTranslations<"calendar">>,
  { error, zone }: { error: unknown; zone: string },
): string[] {
  const code = errorCode(error);
  if (code !== "slot_taken" && code !== "outside_availability" && code !== "invalid_input") return [];
  const { reasons } = errorDetails(error);
  if (!Array.isArray(reasons)) return [];
  return obstaclesOf(reasons)
    .filter((obstacle: Obstacle) => isRefused([obstacle]))
    .map((obstacle) => obstacleSentence(t, { obstacle, zone }));
}

/** Free starts near a place that was taken, as the server offers them. */
export function alternativesOf(error: unknown): string[] {
  const { alternatives } = errorDetails(error);
  if (!Array.isArray(alternatives)) return [];
  return alternatives.flatMap((each: unknown) =>
    typeof each === "object" && each !== null && "startsAt" in each && typeof each.startsAt === "string"
      ? [each.startsAt]
      : [],
  );
}
