/** Events of this slice, written by the SQL of the hot paths; a hold's payload is that of any appointment event. */
export const bookingEvents = {
  held: "appointment.held",
  holdExtended: "appointment.hold_extended",
  holdReleased: "appointment.hold_released",
  /** Something other than an appointment that decides slots has changed; entity: what it belongs to. Written by triggers. */
  factsChanged: "booking.facts_changed",
} as const;
