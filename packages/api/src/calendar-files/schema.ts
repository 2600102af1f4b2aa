import { z } from "zod";
import { id } from "../fields/schema.ts";

/** Absent: one's own. */
export const feedInput = z.object({ providerId: id.optional() });

/** The feeds the caller may manage, their own first. */
export const feedListView = z.object({
  items: z.array(
    z.object({
      providerId: id,
      name: z.string(),
      isOwn: z.boolean(),
      /** Whether an address is in use; the address itself is told only when it is made. */
      isOpen: z.boolean(),
    }),
  ),
});

/** Ways to put an appointment into one's own calendar. */
export const calendarLinksView = z.object({ ics: z.string(), google: z.string(), outlook: z.string() });
export type CalendarLinks = z.infer<typeof calendarLinksView>;
