import { inTenantSql } from "@creneau/db/in-tenant";
import { enqueue } from "@creneau/db/jobs/enqueue";
import type { z } from "zod";
import { sitesOf } from "../actor.ts";
import { mailboxOf } from "../booking/contact.ts";
import { mergedError } from "../directory/lock-clients.ts";
import { requireDirectoryAction } from "../directory/policy.ts";
import { findClient } from "../directory/read-client.ts";
import { AppError, notFound } from "../errors.ts";
import { mailLocale } from "../messages/format-when.ts";
import { recordChange } from "../record-change.ts";
import type { Services } from "../services.ts";
import type { TenantWork } from "../tenant-work.ts";
import { portalLinkOf } from "./jobs.ts";
import type { clientInput, sentLinkView } from "./schema.ts";

/**
 * Has the link to a client's page sent to their own address. Whoever sends it never sees it: it acts as the
 * client. Errors: `forbidden`, `not_found` (archived too), `merged`, `invalid_input` (no address),
 * `rate_limited`.
 */
export async function sendPortalLink(
  work: TenantWork & Pick<Services, "rateLimit">,
  { id }: z.output<typeof clientInput>,
): Promise<z.infer<typeof sentLinkView>> {
  requireDirectoryAction(work.actor, "clients.change");
  const client = await inTenantSql(work.database, work.scope, (tx) =>
    findClient(tx, id, sitesOf(work.actor)),
  );
  if (client.mergedIntoId) throw mergedError(client.id, client.mergedIntoId);
  if (client.archivedAt) throw notFound("client");
  const { email } = client;
  if (!email) throw new AppError("invalid_input", "This client has no e-mail address", { field: "email" });
  await work.rateLimit("contact", `e:${mailboxOf(email)}`);
  return inTenantSql(work.database, work.scope, async (tx) => {
    const [row] = await tx.query<{ id: string }>(
      `INSERT INTO notification (organization_id, id, channel, recipient, template, locale, scheduled_for, dedupe_key, updated_at)
       SELECT $1::uuid, x.id, 'email', $2, 'portal_link', $3, $4, 'portal:' || x.id, $4 FROM (SELECT uuid_v7() AS id) x RETURNING id`,
      [tx.scope.organizationId, email, mailLocale(client.locale), new Date(work.now)],
      "insert_portal_link_message",
    );
    if (!row) throw new Error("The message just inserted is gone");
    await enqueue(tx, portalLinkOf(client.id, row.id));
    await recordChange(tx, work, {
      type: "client.link_issued",
      entityId: client.id,
      payload: {},
      diff: { notificationId: row.id },
    });
    return { email, notificationId: row.id };
  });
}
