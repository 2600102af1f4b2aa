import { z } from "zod";
import { id } from "../fields/schema.ts";

const isoInstant = z.string();

export const timelineInput = z.object({ appointmentId: id });

/** A message to somebody about an appointment, as staff follow it. */
export const sentNoticeView = z.object({
  id,
  channel: z.string(),
  /** What it told: `booked`, `moved`, `cancelled`… */
  kind: z.string(),
  recipient: z.string(),
  state: z.enum(["sent", "waiting", "failed"]),
  /** When it left, or was last tried. */
  at: isoInstant,
  attempts: z.int(),
  /** Why it failed, in a word; null otherwise. */
  reason: z.string().nullable(),
});
export type SentNoticeView = z.infer<typeof sentNoticeView>;
