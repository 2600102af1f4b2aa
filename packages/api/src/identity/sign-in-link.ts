import { randomUUID } from "node:crypto";
import type { Database } from "@creneau/db/database";
import type { Recipient } from "../messages/claim-message.ts";
import type { Content } from "../messages/deliver-message.ts";
import { mailLocale } from "../messages/format-when.ts";
import { renderMail } from "../messages/render-mail.ts";
import { sayText } from "../messages/say-text.ts";
import { hashToken, newToken } from "./token.ts";
import { normalizeEmail, type SessionClaims } from "./verify-credentials.ts";

const validMinutes = 15;

/** A link made, with the mail that brings it. */
export interface SignInLinkMail {
  userId: string;
  /** Names this link among the messages; not a secret. */
  key: string;
  recipient: Recipient;
  content: Content;
}

/**
 * Makes a one-time link for the account with this e-mail and answers the mail to send; null when there is no such
 * account, which the person asking must not learn. A newer link makes the older ones useless.
 */
export async function createSignInLink(
  database: Database,
  { email, returnTo, appUrl, now }: { email: string; returnTo: string; appUrl: string; now: number },
): Promise<SignInLinkMail | null> {
  const identifier = normalizeEmail(email);
  const user = await database.prisma.user.findUnique({ where: { email: identifier } });
  if (!user || user.deactivatedAt) return null;
  const { token, hash } = newToken();
  await database.prisma.$transaction([
    database.prisma.signInToken.deleteMany({ where: { identifier } }),
    database.prisma.signInToken.create({
      data: { identifier, tokenHash: hash, expiresAt: new Date(now + validMinutes * 60_000) },
    }),
  ]);
  const locale = mailLocale(user.locale);
  const url = `${appUrl}/api/auth/link?${new URLSearchParams({ token, locale, to: returnTo })}`;
  return {
    userId: user.id,
    key: `sign_in_link:${randomUUID()}`,
    recipient: { channel: "email", address: identifier, locale, timezone: null },
    content: {
      subject: sayText(locale, "signInLink.subject"),
      ...renderMail({
        locale,
        sender: "Créneau",
        paragraphs: [sayText(locale, "signInLink.lead", { minutes: validMinutes })],
        action: { label: sayText(locale, "signInLink.action"), url },
        closing: sayText(locale, "signInLink.closing"),
      }),
    },
  };
}

/** Uses a link up: the account it signs in, null when it was used, replaced or is too old. */
export async function consumeSignInLink(
  database: Database,
  { token, now }: { token: string; now: number },
): Promise<SessionClaims | null> {
  const { rows } = await database.pool.query<{ identifier: string; expires_at: Date }>(
    "DELETE FROM sign_in_token WHERE token_hash = $1 RETURNING identifier, expires_at",
    [hashToken(token)],
  );
  const found = rows[0];
  if (!found || found.expires_at.getTime() < now) return null;
  const user = await database.prisma.user.findUnique({ where: { email: found.identifier } });
  if (!user || user.deactivatedAt) return null;
  if (!user.emailVerifiedAt) {
    await database.prisma.user.update({ where: { id: user.id }, data: { emailVerifiedAt: new Date(now) } });
  }
  return { userId: user.id, sessionVersion: user.sessionVersion, linkSignInAt: now };
}
