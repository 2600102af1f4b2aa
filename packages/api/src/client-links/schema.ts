import { z } from "zod";
import { id } from "../fields/schema.ts";

export const clientInput = z.object({ id });
export const sentLinkView = z.object({ email: z.string(), notificationId: id });
export const revokedLinksView = z.object({ id });

/** What a client sees behind their link, to look at: no key to it, and nothing to act with. */
export const portalPreview = z.object({
  client: z.object({ name: z.string() }),
  bookings: z.array(
    z.object({
      appointmentId: id,
      startsAt: z.string(),
      endsAt: z.string(),
      timezone: z.string(),
      status: z.string(),
      serviceName: z.string().nullable(),
      providerName: z.string(),
      siteName: z.string(),
      canMove: z.boolean(),
      canCancel: z.boolean(),
      notes: z.array(
        z.object({
          id,
          body: z.string(),
          authorName: z.string().nullable(),
          isOwn: z.boolean(),
          sharedAt: z.string(),
        }),
      ),
    }),
  ),
  /** When a link to this was last sent on its own; null: never. */
  lastSentAt: z.string().nullable(),
});
export type PortalPreview = z.infer<typeof portalPreview>;
