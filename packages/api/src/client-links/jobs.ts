import type { NewJob } from "@creneau/db/jobs/enqueue";
import { z } from "zod";
import { defineJob } from "../jobs/define-job.ts";
import { deliverPortalLink } from "./deliver-portal-link.ts";

const name = "client-links.send";

/** The mail with the link to a client's page, as a message that waits to be sent. */
export function portalLinkOf(clientId: string, notificationId: string): NewJob {
  return { name, data: { clientId, notificationId }, dedupeKey: notificationId };
}

export const sendPortalLinkJob = defineJob(
  {
    name,
    schema: z.object({ organizationId: z.uuid(), clientId: z.uuid(), notificationId: z.uuid() }),
    options: { concurrency: 2, isOnceOnly: true },
  },
  deliverPortalLink,
);
