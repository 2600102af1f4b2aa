import type { Instant } from "../time/instant.ts";
import type { LocalDate } from "../time/local-date.ts";
import type { BookingRules } from "./booking-rules.ts";
import type { BusyInterval, RoomBusy } from "./busy-time.ts";
import type { Schedule } from "./open-time.ts";

/** At most `limit` appointments of the provider on a local date; `counts` holds those already there. */
export type DailyLimit = { readonly limit: number; readonly counts: ReadonlyMap<LocalDate, number> };

/** Whether this provider may give this service at all. */
export type ServiceOffer = { readonly isOffered: boolean; readonly missingSkills: readonly string[] };

/** Everything that decides whether one provider can take one service at a time. `slots` and `explain` read the same. */
export type SlotFacts = {
  readonly now: Instant;
  readonly schedule: Schedule;
  readonly rules: BookingRules;
  /** The provider's occupied time over the period asked about. Sorted by start is fastest; any order is right. */
  readonly busy: readonly BusyInterval[];
  /** Rooms that would do; one of them must be free. Absent or null: no room needed. Empty: none exists, no slot. */
  readonly rooms?: readonly RoomBusy[] | null;
  readonly dailyLimit?: DailyLimit | null;
  /** Absent: offered, with every skill. */
  readonly offer?: ServiceOffer | null;
};
