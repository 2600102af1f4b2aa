/** Somebody opened or closed an appointment; the entity is the appointment. Nobody outside the screens needs it. */
export const presenceChanged = "presence.changed";
