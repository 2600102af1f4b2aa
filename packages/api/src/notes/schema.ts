import { z } from "zod";
import { id, lines } from "../fields/schema.ts";

export const listNotesInput = z.object({ appointmentId: id });
/** System notes are written by the product alone. */
export const addNoteInput = z.object({
  appointmentId: id,
  kind: z.enum(["internal", "shared"]),
  body: lines(5000),
});
export const noteIdInput = z.object({ id });

export const noteView = z.object({
  id,
  kind: z.enum(["internal", "shared", "system"]),
  body: z.string(),
  author: z.object({ kind: z.enum(["user", "client"]), id, name: z.string() }).nullable(),
  /** Since when the client can read it. */
  sharedAt: z.string().nullable(),
  createdAt: z.string(),
  /** Whether the reader may remove it, or share it while it is internal. */
  canChange: z.boolean(),
});
export type NoteView = z.infer<typeof noteView>;

/** What a client reads in the portal. */
export const sharedNoteView = z.object({
  id,
  body: z.string(),
  /** Null for the product's own. */
  authorName: z.string().nullable(),
  isOwn: z.boolean(),
  sharedAt: z.string(),
});
export type SharedNote = z.infer<typeof sharedNoteView>;
