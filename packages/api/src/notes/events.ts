/** A note was written, shared or removed; entity: the note. The payload says of which appointment, never what it says. */
export const noteEvents = {
  added: "note.added",
  shared: "note.shared",
  removed: "note.removed",
} as const;

export interface NoteEventPayload {
  appointmentId: string;
  providerId: string;
  siteId: string;
  kind: "internal" | "shared" | "system";
}
