import { consumeSignInLink, createSignInLink } from "@creneau/api/identity/sign-in-link";
import { normalizeEmail } from "@creneau/api/identity/verify-credentials";
import { deliverMessageNow } from "@creneau/api/messages/deliver-message";
import type { Mailer } from "@creneau/api/messages/open-mailer";
import type { Log } from "@creneau/api/services";
import { scopeOfAccount } from "@creneau/api/tenant-doors";
import type { Database } from "@creneau/db/database";
import type { AuthCookies } from "./auth-cookies.ts";
import type { AuthRequest } from "./auth-request.ts";
import { networkOf } from "./request-origin.ts";
import type { SignInDoors } from "./sign-in-doors.ts";
import { renderSignInLinkPage } from "./sign-in-link-page.ts";

export interface SignInLinkParts {
  database: Database;
  cookies: AuthCookies;
  doors: SignInDoors;
  log: Log;
  mailer: Mailer;
  appUrl: URL;
}

/** The path of this site in an address, else the home page: a link never leads elsewhere. */
function localPath(address: string, appUrl: URL): string {
  const url = URL.parse(address, appUrl.origin);
  if (url?.origin !== appUrl.origin) return "/";
  // `//elsewhere` as a path would be another site's address again.
  return `/${url.pathname.replace(/^[/\\]+/, "")}${url.search}`;
}

async function sendSignInLink(
  parts: SignInLinkParts,
  { email, returnTo }: { email: string; returnTo: string },
): Promise<void> {
  const { database, appUrl } = parts;
  const made = await createSignInLink(database, { email, returnTo, appUrl: appUrl.origin, now: Date.now() });
  if (!made) return;
  const { userId, key, recipient, content } = made;
  const scope = await scopeOfAccount(database, userId);
  await deliverMessageNow({ scope, message: { key, template: "sign_in_link", recipient }, content }, parts);
}

/** Answers `POST /api/auth/signin/email`, the same for known and unknown addresses. */
export async function requestSignInLink(parts: SignInLinkParts, auth: AuthRequest): Promise<void> {
  const { appUrl, doors, log } = parts;
  const { response, fields, address } = auth;
  const email = normalizeEmail(fields.email ?? "");
  await doors.askForLink({ account: email, network: networkOf(address) });
  if (email.length <= 320) {
    const returnTo = localPath(fields.callbackUrl ?? "/", appUrl);
    // Not awaited: how long the mail takes would tell whether there is such an account.
    sendSignInLink(parts, { email, returnTo }).catch((error: Error) =>
      log.error({ kind: error.name }, "a sign-in link could not be made"),
    );
  }
  const url = `${appUrl.origin}/sign-in`;
  if (fields.json === "true") {
    response.setHeader("Content-Type", "application/json; charset=utf-8");
    response.end(JSON.stringify({ url }));
  } else {
    response.writeHead(303, { Location: url }).end();
  }
}

/** Answers `/api/auth/link`: GET shows a button, POST uses the link up and signs in. */
export async function openSignInLink(parts: SignInLinkParts, auth: AuthRequest): Promise<void> {
  const { appUrl, cookies, database } = parts;
  const { request, response, url, fields } = auth;
  if (request.method !== "POST") {
    response.setHeader("Content-Type", "text/html; charset=utf-8");
    response.setHeader("Referrer-Policy", "same-origin");
    response.end(
      renderSignInLinkPage({
        token: url.searchParams.get("token") ?? "",
        to: url.searchParams.get("to") ?? "/",
        locale: url.searchParams.get("locale") ?? "fr",
      }),
    );
    return;
  }
  const claims = await consumeSignInLink(database, { token: fields.token ?? "", now: Date.now() });
  if (!claims) {
    response.writeHead(303, { Location: `${appUrl.origin}/sign-in?error=Verification` }).end();
    return;
  }
  response.appendHeader("Set-Cookie", await cookies.session(claims, request.headers.cookie));
  response.writeHead(303, { Location: appUrl.origin + localPath(fields.to ?? "/", appUrl) }).end();
}
