import { z } from "zod";
import { id } from "../fields/schema.ts";

export const holdOpenInput = z.object({ appointmentId: id });

/** Who else has the appointment open now; each person once, however many screens they have. */
export const presenceView = z.object({ others: z.array(z.object({ userId: id, name: z.string() })) });
export type Presence = z.infer<typeof presenceView>;
