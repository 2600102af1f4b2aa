import { z } from "zod";

const isoInstant = z.string();

export const timelineInput = z.object({ appointmentId: z.uuid() });

/** A message to somebody about an appointment, as staff follow it. */
export const sentNoticeView = z.object({
  id: z.uuid(),
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
