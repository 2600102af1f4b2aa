import type { Database } from "@creneau/db/database";
import type { Mail } from "../notifications/mailer.ts";
import { renderMail } from "../notifications/render-mail.ts";
import { hashToken, newToken } from "./token.ts";
import { normalizeEmail, type SessionClaims } from "./verify-credentials.ts";

const validMinutes = 15;

const texts = {
  fr: {
    subject: "Votre lien de connexion",
    lead: `Voici votre lien de connexion à Créneau. Il sert une seule fois, pendant ${validMinutes} minutes.`,
    action: "Se connecter",
    closing: "Vous n’avez rien demandé ? Ignorez ce message : sans ce lien, personne ne se connecte.",
  },
  en: {
    subject: "Your sign-in link",
    lead: `Here is your link to sign in to Créneau. It works once, within ${validMinutes} minutes.`,
    action: "Sign in",
    closing: "You did not ask for it? Ignore this message: nobody signs in without this link.",
  },
} as const;

/**
 * Makes a one-time link for the account with this e-mail and answers the mail to send; null when there is no such
 * account, which the person asking must not learn. A newer link makes the older ones useless.
 */
export async function createSignInLink(
  database: Database,
  { email, returnTo, appUrl, now }: { email: string; returnTo: string; appUrl: string; now: number },
): Promise<Mail | null> {
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
  const locale = user.locale === "en" ? "en" : "fr";
  const { subject, lead, action, closing } = texts[locale];
  const url = `${appUrl}/api/auth/link?${new URLSearchParams({ token, locale, to: returnTo })}`;
  const body = {
    locale,
    sender: "Créneau",
    paragraphs: [lead],
    action: { label: action, url },
    closing,
  } as const;
  return { to: identifier, subject, ...renderMail({ ...body, paragraphs: [lead] }) };
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
