import { z } from "zod";

export const holdOpenInput = z.object({ appointmentId: z.uuid() });

/** Who else has the appointment open now; each person once, however many screens they have. */
export interface Presence {
  others: { userId: string; name: string }[];
}
