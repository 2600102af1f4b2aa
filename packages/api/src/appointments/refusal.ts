import type { DecisionReason, Refusal } from "@creneau/domain/appointments/decision";
import type { Instant } from "@creneau/domain/time/instant";
import { formatInstant } from "@creneau/domain/time/iso-instant";
import { AppError } from "../errors.ts";

const messages: Readonly<Record<Refusal["code"], string>> = {
  slot_taken: "This time is taken",
  version_conflict: "Somebody else has changed this appointment",
  hold_expired: "The hold on this time has expired",
  outside_availability: "Outside the hours of this provider",
  forbidden: "Your role does not allow this",
  invalid_input: "This change is not possible",
  too_late_to_cancel: "Too late to change this appointment",
};

/** The error a refused decision becomes, with its reasons in the contract's formats. */
export function refusalError(refusal: Refusal, details: Record<string, unknown> = {}): AppError {
  return new AppError(refusal.code, messages[refusal.code], {
    reasons: refusal.reasons.map(reasonView),
    ...details,
  });
}

const instantKeys = new Set(["now", "earliest", "startsAt", "lastMoment", "until", "expiredAt"]);

/** A reason as it travels: instants as ISO strings, intervals as `{startsAt, endsAt}`. */
export function reasonView(reason: DecisionReason): { code: string } & Record<string, unknown> {
  return convert(reason) as { code: string } & Record<string, unknown>;
}

function convert(value: unknown, key?: string): unknown {
  if (typeof value === "number" && key !== undefined && instantKeys.has(key))
    return formatInstant(value as Instant);
  if (Array.isArray(value)) return value.map((item) => convert(item));
  if (typeof value !== "object" || value === null) return value;
  const { start, end, ...rest } = value as Record<string, unknown>;
  const converted = Object.fromEntries(
    Object.entries(rest).map(([name, item]) => [name, convert(item, name)]),
  );
  if (typeof start !== "number" || typeof end !== "number") return converted;
  return { ...converted, startsAt: formatInstant(start as Instant), endsAt: formatInstant(end as Instant) };
}
