import { type Instant, instantPlusMinutes } from "../time/instant.ts";
import { type Authority, type Refusal, refuse } from "./decision.ts";
import { type AppointmentStatus, transitionKind } from "./status.ts";

/** Cancel, or find that it already is (`isAlready`: nothing to write, nobody to tell); or a refusal. */
export type CancelDecision = { readonly ok: true; readonly isAlready: boolean } | Refusal;

/** The last instant, included, at which a client may still cancel or move. */
export function lastMomentForClient(startsAt: Instant, cutOffMinutes: number): Instant {
  return instantPlusMinutes(startsAt, -Math.max(0, cutOffMinutes));
}

/**
 * Decides a cancellation. Staff may always; a client up to `cutOffMinutes` before the start. A hold is no appointment yet:
 * it is released, not cancelled. Cancelling twice succeeds: mailed links are opened twice, requests are retried.
 *
 * Codes: `version_conflict` (only when a version is given), `invalid_input` (status), `too_late_to_cancel`.
 */
export function decideCancel({
  appointment,
  version,
  authority,
  cutOffMinutes,
  now,
}: CancelQuestion): CancelDecision {
  const { status, startsAt } = appointment;
  if (status === "cancelled") return { ok: true, isAlready: true };
  if (version != null && version !== appointment.version) {
    return refuse("version_conflict", {
      code: "version_changed",
      current: appointment.version,
      requested: version,
    });
  }
  if (transitionKind(status, "cancelled") === null) {
    return refuse("invalid_input", { code: "status_not_allowed", status, to: "cancelled" });
  }
  const lastMoment = lastMomentForClient(startsAt, cutOffMinutes);
  if (authority === "client" && now > lastMoment) {
    return refuse("too_late_to_cancel", { code: "cut_off", lastMoment });
  }
  return { ok: true, isAlready: false };
}

type CancelQuestion = {
  readonly appointment: {
    readonly status: AppointmentStatus;
    readonly startsAt: Instant;
    readonly version: number;
  };
  /** The version the one who asks has seen; absent for a mailed link. */
  readonly version?: number | null;
  readonly authority: Authority;
  readonly cutOffMinutes: number;
  readonly now: Instant;
};
