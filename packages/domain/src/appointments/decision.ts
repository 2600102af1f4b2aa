import type { StartReason } from "../availability/start-reason.ts";
import type { Instant } from "../time/instant.ts";
import type { AppointmentStatus } from "./status.ts";

/** Stable codes of the public contract that a decision about an appointment can end with. */
export type RefusalCode =
  | "slot_taken"
  | "version_conflict"
  | "hold_expired"
  | "outside_availability"
  | "forbidden"
  | "invalid_input"
  | "too_late_to_cancel";

/** What stands behind a refusal or a warning; the codes of `explainStart`, and those that only a decision has. */
export type DecisionReason =
  | StartReason
  | { readonly code: "version_changed"; readonly current: number; readonly requested: number }
  | {
      readonly code: "status_not_allowed";
      readonly status: AppointmentStatus;
      readonly to?: AppointmentStatus;
    }
  | { readonly code: "not_started"; readonly startsAt: Instant }
  | { readonly code: "force_not_allowed" }
  | { readonly code: "ends_before_start" }
  | { readonly code: "duration_fixed"; readonly durationMinutes: number }
  | { readonly code: "room_unknown"; readonly roomId: string }
  | { readonly code: "room_changed"; readonly from: string; readonly to: string }
  | { readonly code: "overbooked"; readonly lane: number }
  | { readonly code: "no_lane_left"; readonly lanes: number }
  | { readonly code: "cut_off"; readonly lastMoment: Instant }
  | { readonly code: "undo_over"; readonly until: Instant }
  | { readonly code: "hold_over"; readonly expiredAt: Instant };

/** A refusal, with the code the caller answers and every reason for it. */
export type Refusal = {
  readonly ok: false;
  readonly code: RefusalCode;
  readonly reasons: readonly DecisionReason[];
};

/** A refusal. */
export function refuse(code: RefusalCode, ...reasons: readonly DecisionReason[]): Refusal {
  return { ok: false, code, reasons };
}

/**
 * Who asks: a `client` (public link, portal, mailed link) is held to everything that `slots` offers; `staff` may do
 * more. Which staff may touch which appointment is decided before, by the policy of the slice.
 */
export type Authority = "client" | "staff";
