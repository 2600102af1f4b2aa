/** Caps that keep one visitor from taking an agenda away from all others. */
export interface BookingLimits {
  /** Holds one network address may have running in one organization. */
  liveHolds: number;
  /** Bookings to come that one client may have made online in one organization. */
  liveBookings: number;
  /** Leading zero bits that a proof of work must find; each one doubles the work. */
  challengeBits: number;
}

/** A family behind one router books side by side; a browser finds 17 bits in under a second. */
export const usualBookingLimits: BookingLimits = { liveHolds: 12, liveBookings: 8, challengeBits: 17 };

/** For benchmarks, where one address stands for a whole town. */
export const unlimitedBooking: Partial<BookingLimits> = { liveHolds: 1_000_000, liveBookings: 1_000_000 };
