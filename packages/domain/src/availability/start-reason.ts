import type { Instant } from "../time/instant.ts";
import type { Interval } from "../time/interval.ts";
import type { LocalDate } from "../time/local-date.ts";
import type { BusyInterval } from "./busy-time.ts";
import type { TakenRoom } from "./room-choice.ts";

/** Why a start is not offered. The code is stable and translated on screen; the rest is what the sentence needs. */
export type StartReason =
  /** Another service, or another provider, has to be chosen. */
  | { readonly code: "service_not_offered" }
  | { readonly code: "skill_missing"; readonly skills: readonly string[] }
  | { readonly code: "in_past"; readonly now: Instant }
  /** Not in the past, but sooner than the minimum notice allows. */
  | { readonly code: "notice"; readonly earliest: Instant }
  | { readonly code: "horizon"; readonly lastDate: LocalDate | null }
  | { readonly code: "off_grid"; readonly slotMinutes: number }
  /** Outside the provider's weekly hours; `interval` is the part of the appointment outside. */
  | { readonly code: "closed"; readonly date: LocalDate; readonly interval: Interval }
  /** The same on a date whose exception replaces the weekly hours. */
  | {
      readonly code: "exception_closed";
      readonly date: LocalDate;
      readonly interval: Interval;
      readonly reason: string | null;
    }
  /** Outside the site's opening hours; `reason` when a dated exception of the site says so. */
  | {
      readonly code: "outside_opening";
      readonly date: LocalDate;
      readonly interval: Interval;
      readonly reason: string | null;
    }
  | { readonly code: "time_off"; readonly interval: Interval; readonly reason: string | null }
  /** The appointment itself would overlap another, or a hold. */
  | { readonly code: "busy"; readonly busy: BusyInterval }
  /** It would overlap an event of an external calendar. */
  | { readonly code: "external_busy"; readonly busy: BusyInterval }
  /** Only its buffer would overlap. */
  | { readonly code: "buffer"; readonly busy: BusyInterval }
  /** Every room that would do is taken; empty when there is no such room. */
  | { readonly code: "room_taken"; readonly rooms: readonly TakenRoom[] }
  | {
      readonly code: "daily_limit";
      readonly date: LocalDate;
      readonly limit: number;
      readonly count: number;
    };

export type StartReasonCode = StartReason["code"];
