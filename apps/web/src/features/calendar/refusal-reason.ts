import type { useTranslations } from "next-intl";

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
  "offline",
  "unknown",
] as const;

/** The server's code as a sentence; a code this version does not know is told as an unknown failure. */
export function refusalReason(t: ReturnType<typeof useTranslations<"calendar">>, code: string): string {
  return t(`errors.${known.find((each) => each === code) ?? "unknown"}`);
}
