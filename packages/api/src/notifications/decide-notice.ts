/** What a reader knows, or would learn, of an appointment. Instants are ISO 8601 in UTC. */
export interface ToldState {
  startsAt: string;
  endsAt: string;
  status: "pending" | "confirmed" | "cancelled";
  providerId: string;
  siteId: string;
  serviceId: string | null;
  locationKind: "in_person" | "video" | "phone";
  locationDetail: string | null;
}

/** What a mail says. */
export type NoticeKind = "requested" | "booked" | "confirmed" | "moved" | "changed" | "cancelled";

const toldKeys = [
  "startsAt",
  "endsAt",
  "status",
  "providerId",
  "siteId",
  "serviceId",
  "locationKind",
  "locationDetail",
] as const satisfies (keyof ToldState)[];

/** Whether a reader who was told `a` learns nothing from `b`. */
export function isSameTold(a: ToldState, b: ToldState): boolean {
  return toldKeys.every((key) => a[key] === b[key]);
}

/**
 * What to tell one reader, null for nothing. Compares what they were last told with what is true now, so a change that
 * was undone, or already told with a later one, is never announced. `wasUndone` speaks of the change that queued this
 * notice; it decides only for a reader who was never told anything.
 */
export function decideNotice({
  told,
  current,
  change,
  wasUndone,
}: {
  told: ToldState | null;
  current: ToldState;
  change: string;
  wasUndone: boolean;
}): NoticeKind | null {
  if (!told) {
    if (wasUndone || change === "undone") return null;
    // Nobody is told of the end of what they never heard of.
    if (current.status === "cancelled") return change === "cancelled" ? "cancelled" : null;
    if (current.status === "pending") return "requested";
    if (change === "moved") return "moved";
    // Whoever was told nothing yet learns of the appointment, not of what has changed about it.
    return change === "confirmed" ? "confirmed" : "booked";
  }
  if (isSameTold(told, current)) return null;
  if (current.status === "cancelled") return "cancelled";
  if (told.status === "cancelled") return current.status === "pending" ? "requested" : "booked";
  if (told.startsAt !== current.startsAt || told.endsAt !== current.endsAt) return "moved";
  return told.status === "pending" && current.status === "confirmed" ? "confirmed" : "changed";
}
