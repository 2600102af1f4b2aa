"use client";

import { useTranslations } from "next-intl";
import { toast } from "sonner";
import { errorCode } from "../../trpc/error-code.ts";

const known = [
  "slot_taken",
  "version_conflict",
  "hold_expired",
  "idempotency_conflict",
  "already_exists",
  "in_use",
  "undo_expired",
  "undo_refused",
  "merged",
  "outside_availability",
  "invalid_transition",
  "too_late_to_cancel",
  "invalid_input",
  "not_found",
  "forbidden",
  "unauthenticated",
  "rate_limited",
  "unavailable",
  "offline",
] as const;

/** Refused calls as sentences: `refusal(error)` gives one, `tell(error)` shows it. */
export function useRefusal() {
  const t = useTranslations("refusals");
  const refusal = (error: unknown) => {
    const code = known.find((each) => each === errorCode(error)) ?? "unknown";
    return t(`${code}`);
  };
  return { refusal, tell: (error: unknown) => void toast.error(refusal(error)) };
}
