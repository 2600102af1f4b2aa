import { type Instant, SECOND_MS } from "../time/instant.ts";
import { type Refusal, refuse } from "./decision.ts";

/**
 * Until when a change made now can be taken back, included. Notices about the change are queued for after it.
 *
 * @param undoSeconds the organization's setting; 0 gives no window.
 * @example undoUntil(now, 8) // 8 seconds from now
 */
export function undoUntil(now: Instant, undoSeconds: number): Instant {
  return (now + Math.max(0, undoSeconds) * SECOND_MS) as Instant;
}

/**
 * Whether a change can still be taken back: within the window, and nobody has changed the appointment since.
 *
 * Codes: `invalid_input` (the window is over), `version_conflict`.
 */
export function decideUndo({
  now,
  until,
  versionAfter,
  currentVersion,
}: UndoQuestion): { readonly ok: true } | Refusal {
  if (currentVersion !== versionAfter) {
    return refuse("version_conflict", {
      code: "version_changed",
      current: currentVersion,
      requested: versionAfter,
    });
  }
  if (now > until) return refuse("invalid_input", { code: "undo_over", until });
  return { ok: true };
}

type UndoQuestion = {
  readonly now: Instant;
  readonly until: Instant;
  /** The version the change to take back has left. */
  readonly versionAfter: number;
  readonly currentVersion: number;
};
