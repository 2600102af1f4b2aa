/** What a page that shows the booker in a frame is told. Never who booked: the host page may be anybody's. */
export type EmbedEvent =
  | { type: "creneau:ready" }
  | { type: "creneau:height"; height: number }
  | { type: "creneau:step"; step: "time" | "details" | "waitlist" | "confirmation" }
  | { type: "creneau:booked"; service: string; status: string; startsAt: string; endsAt: string };

/** Tells the page around the frame, if there is one. */
export function tellHost(event: EmbedEvent): void {
  if (typeof window !== "undefined" && window.parent !== window) window.parent.postMessage(event, "*");
}
