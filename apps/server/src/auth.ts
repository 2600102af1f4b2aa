import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import { AppError, foreseenError } from "@creneau/api/errors";
import { endSession } from "@creneau/api/identity/end-session";
import type { Sessions } from "@creneau/api/identity/load-session";
import { findByExternalIdentity } from "@creneau/api/identity/sign-in-account";
import {
  normalizeEmail,
  type SessionClaims,
  verifyCredentials,
} from "@creneau/api/identity/verify-credentials";
import type { Mailer } from "@creneau/api/messages/open-mailer";
import type { Database } from "@creneau/db/database";
import type { AuthOptions, User } from "next-auth";
import { type AuthCookies, parseCookies, type SessionToken, sessionSeconds } from "./auth-cookies.ts";
import type { AuthRequest } from "./auth-request.ts";
import type { Device } from "./device-cookie.ts";
import { believeForwardedHost, type ServerEnv } from "./env.ts";
import { externalIdentity, externalProviders } from "./external-sign-in.ts";
import type { Logger } from "./log.ts";
import { CredentialsProvider, NextAuth } from "./next-auth-modules.ts";
import type { RateLimits } from "./rate-limiter.ts";
import { networkOf } from "./request-origin.ts";
import { SignInDoors } from "./sign-in-doors.ts";
import { openSignInLink, requestSignInLink } from "./sign-in-link.ts";

interface AuthParts {
  database: Database;
  sessions: Sessions;
  cookies: AuthCookies;
  rateLimits: RateLimits;
  log: Logger;
  mailer: Mailer;
  appUrl: URL;
  env: ServerEnv;
}

type SignedIn = User & Partial<SessionClaims>;

/** What one request brings along for next-auth. */
interface Attempt {
  /** Who a right password belongs to; null where none was given, or a wrong one. */
  claims: SessionClaims | null;
  /** Notes on the answer that this browser has signed in. */
  remember: (userId: string) => void;
}

/** next-auth's settings: tokens that hold two claims and nothing about the person. */
function authOptions(
  { database, sessions, env, appUrl, log }: AuthParts,
  { claims, remember }: Attempt,
): AuthOptions {
  return {
    secret: env.AUTH_SECRET,
    useSecureCookies: appUrl.protocol === "https:",
    session: { strategy: "jwt", maxAge: sessionSeconds },
    pages: { signIn: "/sign-in", signOut: "/sign-in", error: "/sign-in", verifyRequest: "/sign-in" },
    providers: [
      CredentialsProvider({
        credentials: { email: { type: "email" }, password: { type: "password" } },
        // Looked at before next-auth is: it would make a redirect of an outage, with the database's words in it.
        authorize: async () => claims && { id: claims.userId, ...claims },
      }),
      ...externalProviders(env),
    ],
    callbacks: {
      async signIn({ user, account, profile }) {
        if (account?.type !== "oauth") return true;
        try {
          const found = await findByExternalIdentity(database, externalIdentity(env, account, profile));
          // The `jwt` callback below gets this very object.
          if (found) Object.assign(user, found);
          return found !== null || "/sign-in?error=OAuthAccountNotLinked";
        } catch (error) {
          if (foreseenError(error)) return "/sign-in?error=Unavailable";
          throw error;
        }
      },
      async jwt({ token, user }) {
        const signedIn = user as SignedIn | undefined;
        if (signedIn?.userId) {
          remember(signedIn.userId);
          const { userId, sessionVersion } = signedIn;
          return { userId, sessionVersion, sessionId: randomUUID() };
        }
        const current = token as unknown as SessionToken;
        // Thrown, next-auth clears the cookie of a session that no longer counts.
        if (!(await sessions.load(current))) throw new Error("Session revoked");
        const { userId, sessionVersion, sessionId, linkSignInAt } = current;
        return { userId, sessionVersion, sessionId, ...(linkSignInAt !== undefined && { linkSignInAt }) };
      },
      async session({ session, token }) {
        const current = await sessions.load(token as unknown as SessionToken);
        return { expires: session.expires, user: { name: current?.user.name, email: current?.user.email } };
      },
      redirect({ url, baseUrl }) {
        try {
          const target = new URL(url, baseUrl);
          return target.origin === new URL(baseUrl).origin ? target.href : baseUrl;
        } catch {
          return baseUrl;
        }
      },
    },
    logger: {
      // Codes only: the details may hold a token or a profile.
      error: (code) => (code === "JWT_SESSION_ERROR" ? undefined : log.error({ code }, "sign-in failed")),
      warn: (code) => log.debug({ code }, "sign-in warning"),
      debug: () => undefined,
    },
  };
}

/** The shape of a response that next-auth's handler for pages expects, over Node's own. */
function pagesResponse(response: ServerResponse) {
  return Object.assign(Object.create(null) as object, {
    status(code: number) {
      response.statusCode = code;
      return this;
    },
    getHeader: (name: string) => response.getHeader(name),
    setHeader(name: string, value: string | string[]) {
      response.setHeader(name, value);
      return this;
    },
    json(body: unknown) {
      response.setHeader("Content-Type", "application/json; charset=utf-8");
      response.end(JSON.stringify(body));
    },
    send(body: unknown) {
      if (body === undefined || body === null || typeof body === "string") return response.end(body ?? "");
      response.setHeader("Content-Type", "application/json; charset=utf-8");
      return response.end(JSON.stringify(body));
    },
    end: () => response.end(),
  });
}

/** Answers `/api/auth/*`. */
export function createAuth(parts: AuthParts): (request: AuthRequest) => Promise<void> {
  const { appUrl, cookies, database, sessions } = parts;
  const doors = new SignInDoors(parts.rateLimits);
  const linkParts = { ...parts, doors };
  believeForwardedHost();

  async function runNextAuth(
    { request, response, url, fields }: AuthRequest,
    claims: SessionClaims | null = null,
  ): Promise<void> {
    const segments = url.pathname.slice("/api/auth/".length).split("/");
    const pagesRequest = {
      method: request.method,
      headers: { "x-forwarded-host": appUrl.host, "x-forwarded-proto": appUrl.protocol.replace(":", "") },
      query: { ...Object.fromEntries(url.searchParams), nextauth: segments },
      cookies: parseCookies(request.headers.cookie),
      body: fields,
    };
    const remember = (userId: string) =>
      void response.appendHeader("Set-Cookie", cookies.rememberDevice(userId, request.headers.cookie));
    type PagesHandler = (request: object, response: object, options: AuthOptions) => Promise<void>;
    await (NextAuth as PagesHandler)(
      pagesRequest,
      pagesResponse(response),
      authOptions(parts, { claims, remember }),
    );
  }

  /** Who the password belongs to; null when it is wrong. Throws AppError `rate_limited`. */
  async function checkPassword({ request, fields, address }: AuthRequest): Promise<SessionClaims | null> {
    const { email = "", password = "" } = fields;
    const account = normalizeEmail(email);
    const device = cookies.device(request.headers.cookie);
    const isKnown = device !== null && (await isDeviceOf(database, device, account));
    const knock = { account, network: networkOf(address), device: isKnown ? device.id : null };
    await doors.tryPassword(knock);
    if (!email || !password || email.length > 320 || password.length > 200) return null;
    const claims = await verifyCredentials(database, { email, password });
    if (claims) await doors.passwordWasRight(knock);
    return claims;
  }

  /** Ends the session on the server: dropping its cookie leaves every copy of it good for a month. */
  async function endOwnSession({ request }: AuthRequest): Promise<void> {
    const { token } = await cookies.read(request.headers.cookie);
    if (!token) return;
    const now = Date.now();
    await endSession(database, { ...token, until: now + sessionSeconds * 1000, now });
    sessions.forget(token.userId);
  }

  return async (auth) => {
    const { request, response, url } = auth;
    response.setHeader("Cache-Control", "private, no-store");
    const isPost = request.method === "POST";
    switch (url.pathname) {
      case "/api/auth/":
      case "/api/auth/_log":
        // next-auth fails at the first; anybody could fill our log through the second.
        throw new AppError("not_found", "No such page");
      case "/api/auth/link":
        return openSignInLink(linkParts, auth);
      case "/api/auth/signin/email":
        if (isPost) return requestSignInLink(linkParts, auth);
        break;
      case "/api/auth/callback/credentials":
        if (!isPost) throw new AppError("not_found", "No such page");
        return runNextAuth(auth, await checkPassword(auth));
      case "/api/auth/session": {
        // Looked up beforehand: next-auth would take an outage for a session that no longer counts, and sign out.
        const { token } = await cookies.read(request.headers.cookie);
        if (token) await sessions.load(token);
        break;
      }
      case "/api/auth/signout":
        if (isPost) await endOwnSession(auth);
    }
    return runNextAuth(auth);
  };
}

async function isDeviceOf(database: Database, device: Device, email: string): Promise<boolean> {
  const user = await database.prisma.user.findUnique({ where: { email }, select: { id: true } });
  return user !== null && device.knows(user.id);
}
