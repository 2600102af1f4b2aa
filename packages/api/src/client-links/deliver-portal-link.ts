import { inTenantSql, type TenantSql } from "@creneau/db/in-tenant";
import { findClient } from "../directory/read-client.ts";
import { addressesOf } from "../directory/revoke-client-links.ts";
import type { JobServices } from "../jobs/define-job.ts";
import type { Recipient } from "../messages/claim-message.ts";
import { deliverWaitingMessage } from "../messages/deliver-message.ts";
import type { MailLocale } from "../messages/format-when.ts";
import { renderMail } from "../messages/render-mail.ts";
import { sayGreeting, sayText } from "../messages/say-text.ts";
import { openPortal } from "../notifications/client-links.ts";
import { scopeOfJob } from "../tenant-doors.ts";

interface LinkMail {
  locale: MailLocale;
  name: string;
  organization: string;
  token: string;
}

/**
 * Sends the mail that waits, if the address is still the client's; the link is made when it is sent and stands nowhere
 * else. Safe to run any number of times.
 */
export async function deliverPortalLink(
  {
    organizationId,
    clientId,
    notificationId,
  }: { organizationId: string; clientId: string; notificationId: string },
  services: JobServices,
): Promise<void> {
  const { database, appUrl, linkSecret } = services;
  const scope = scopeOfJob({ organizationId });
  const render = async ({ address, locale }: Pick<Recipient, "address" | "locale">) => {
    const mail = await inTenantSql(database, scope, (tx) =>
      prepareMail(tx, { clientId, recipient: address, locale, secret: linkSecret }),
    );
    if (!mail) return { dropped: "address no longer theirs" };
    return renderPortalLink(mail, `${appUrl.replace(/\/$/, "")}/${locale}/portal/${mail.token}`);
  };
  await deliverWaitingMessage({ scope, id: notificationId, render }, services);
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
  return { locale, name: client.name, organization: organization.name, token: portal };
}

function renderPortalLink({ locale, name, organization }: LinkMail, url: string) {
  return {
    subject: sayText(locale, "portalLink.subject", { organization }),
    ...renderMail({
      locale,
      sender: organization,
      paragraphs: [sayGreeting(locale, name), sayText(locale, "portalLink.lead")],
      action: { label: sayText(locale, "portalLink.action"), url },
      closing: sayText(locale, "portalLink.closing"),
    }),
  };
}
