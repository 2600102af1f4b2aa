import { inTenantSql, type TenantSql } from "@creneau/db/in-tenant";
import { findClient } from "../directory/read-client.ts";
import { addressesOf } from "../directory/revoke-client-links.ts";
import type { JobServices } from "../jobs/define-job.ts";
import { claimMessage, settleNotice } from "../notifications/claim-notice.ts";
import { openPortal } from "../notifications/client-links.ts";
import type { MailLocale } from "../notifications/format-when.ts";
import { MailError } from "../notifications/mailer.ts";
import { renderMail } from "../notifications/render-mail.ts";
import { scopeOfJob } from "../tenant-doors.ts";
import { portalTexts } from "./texts.ts";

interface LinkMail {
  to: string;
  locale: MailLocale;
  name: string;
  organization: string;
  token: string;
}

/**
 * Sends the mail that waits, if the address is still the client's; the link is made when it is sent and stands nowhere
 * else. Safe to run any number of times. A retry goes out under the same Message-ID.
 */
export async function deliverPortalLink(
  {
    organizationId,
    clientId,
    notificationId,
  }: { organizationId: string; clientId: string; notificationId: string },
  { database, mailer, log, appUrl, linkSecret }: JobServices,
): Promise<void> {
  const scope = scopeOfJob({ organizationId });
  const claim = await claimMessage(database, { scope, id: notificationId });
  if (claim === "sent") return;
  if (claim === "busy") throw new Error("Another worker is sending this message");
  const settle = (error: string | null) => settleNotice(database, { scope, id: notificationId, error });
  const mail = await inTenantSql(database, scope, (tx) =>
    prepareMail(tx, { clientId, ...claim, secret: linkSecret }),
  );
  if (!mail) return settle("address no longer theirs");
  try {
    await mailer.send({
      to: mail.to,
      messageId: `<${notificationId}@portal.creneau>`,
      ...render(mail, `${appUrl.replace(/\/$/, "")}/${mail.locale}/portal/${mail.token}`),
    });
  } catch (error) {
    const reason = error instanceof MailError ? error.reason : "failed";
    await settle(reason);
    if (!(error instanceof MailError && error.isPermanent)) throw error;
    log.warn({ notificationId, reason }, "A link cannot be delivered");
    return;
  }
  await settle(null);
}

async function prepareMail(
  tx: TenantSql,
  {
    clientId,
    recipient,
    locale,
    secret,
  }: { clientId: string; recipient: string; locale: MailLocale; secret: string },
): Promise<LinkMail | null> {
  const client = await findClient(tx, clientId).catch(() => null);
  if (!client || !addressesOf(client).includes(recipient)) return null;
  const { portal } = await openPortal(tx, { secret, clientId });
  const [organization] = await tx.query<{ name: string }>(
    "SELECT name FROM organization WHERE id = $1::uuid",
    [tx.scope.organizationId],
    "organization_name",
  );
  if (!portal || !organization) return null;
  return { to: recipient, locale, name: client.name, organization: organization.name, token: portal };
}

function render({ locale, name, organization }: LinkMail, url: string) {
  const texts = portalTexts[locale];
  return {
    subject: texts.subject.replace("{organization}", () => organization),
    ...renderMail({
      locale,
      sender: organization,
      paragraphs: [texts.greeting.replace("{name}", () => name), texts.lead],
      action: { label: texts.action, url },
      closing: texts.closing,
    }),
  };
}
