import type { Instant } from "../time/instant.ts";
import { type Refusal, refuse } from "./decision.ts";
import { type AppointmentStatus, reoccupiesTime, type TransitionKind, transitionKind } from "./status.ts";

/** The change is allowed; `needsTimeFree`: the write can meet `slot_taken`. Or a refusal. */
export type StatusDecision =
  | { readonly ok: true; readonly kind: TransitionKind; readonly needsTimeFree: boolean }
  | Refusal;

/**
 * Decides a change of status by staff.
 *
 * A time that a visitor holds is theirs to confirm. Nobody has failed to come before the time has come: `no_show` needs
 * the start to be past. A cancellation is taken back only while `undoUntil` lasts.
 *
 * Codes: `version_conflict`, `invalid_input`.
 */
export function decideStatus({ appointment, version, to, now, undoUntil }: StatusQuestion): StatusDecision {
  const { status, startsAt } = appointment;
  if (version !== appointment.version) {
    return refuse("version_conflict", {
      code: "version_changed",
      current: appointment.version,
      requested: version,
    });
  }
  const kind = transitionKind(status, to);
  if (kind === null || kind === "confirmation")
    return refuse("invalid_input", { code: "status_not_allowed", status, to });
  if (kind === "undo" && (undoUntil == null || now > undoUntil)) {
    return undoUntil == null
      ? refuse("invalid_input", { code: "status_not_allowed", status, to })
      : refuse("invalid_input", { code: "undo_over", until: undoUntil });
  }
  if (to === "no_show" && now < startsAt) return refuse("invalid_input", { code: "not_started", startsAt });
  return { ok: true, kind, needsTimeFree: reoccupiesTime(status, to) };
}

type StatusQuestion = {
  readonly appointment: {
    readonly status: AppointmentStatus;
    readonly version: number;
    readonly startsAt: Instant;
  };
  readonly version: number;
  readonly to: AppointmentStatus;
  readonly now: Instant;
  /** End of the undo window of the change to take back. */
  readonly undoUntil?: Instant | null;
};
