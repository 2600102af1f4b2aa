import type { ServerResponse } from "node:http";
import { AppError } from "@creneau/api/errors";
import type { Sessions } from "@creneau/api/identity/load-session";
import { findByExternalIdentity } from "@creneau/api/identity/sign-in-account";
import {
  normalizeEmail,
  type SessionClaims,
  verifyCredentials,
} from "@creneau/api/identity/verify-credentials";
import type { Mailer } from "@creneau/api/notifications/mailer";
import type { Database } from "@creneau/db/database";
import type { AuthOptions, User } from "next-auth";
import { type AuthCookies, parseCookies, sessionSeconds } from "./auth-cookies.ts";
import type { AuthRequest } from "./auth-request.ts";
import { believeForwardedHost, type ServerEnv } from "./env.ts";
import { externalIdentity, externalProviders } from "./external-sign-in.ts";
import type { Logger } from "./log.ts";
import { CredentialsProvider, NextAuth } from "./next-auth-modules.ts";
import type { RateLimits } from "./rate-limiter.ts";
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

/** next-auth's settings: tokens that hold two claims and nothing about the person. */
function authOptions({ database, sessions, env, appUrl, log, rateLimits }: AuthParts): AuthOptions {
  return {
    secret: env.AUTH_SECRET,
    useSecureCookies: appUrl.protocol === "https:",
    session: { strategy: "jwt", maxAge: sessionSeconds },
    pages: { signIn: "/sign-in", signOut: "/sign-in", error: "/sign-in", verifyRequest: "/sign-in" },
    providers: [
      CredentialsProvider({
        credentials: { email: { type: "email" }, password: { type: "password" } },
        async authorize(fields) {
          const { email, password } = fields ?? {};
          if (!email || !password || email.length > 320 || password.length > 200) return null;
          const claims = await verifyCredentials(database, { email, password });
          if (!claims) return null;
          await rateLimits.reset("sign_in", `email:${normalizeEmail(email)}`);
          return { id: claims.userId, ...claims };
        },
      }),
      ...externalProviders(env),
    ],
    callbacks: {
      async signIn({ user, account, profile }) {
        if (account?.type !== "oauth") return true;
        const claims = await findByExternalIdentity(database, externalIdentity(env, account, profile));
        // The `jwt` callback below gets this very object.
        if (claims) Object.assign(user, claims);
        return claims !== null || "/sign-in?error=OAuthAccountNotLinked";
      },
      async jwt({ token, user }) {
        const signedIn = user as SignedIn | undefined;
        if (signedIn?.userId) return { userId: signedIn.userId, sessionVersion: signedIn.sessionVersion };
        const claims = token as unknown as SessionClaims;
        // Thrown, next-auth clears the cookie of a session that no longer counts.
        if (!(await sessions.load(claims))) throw new Error("Session revoked");
        const { userId, sessionVersion, linkSignInAt } = claims;
        return { userId, sessionVersion, ...(linkSignInAt !== undefined && { linkSignInAt }) };
      },
      async session({ session, token }) {
        const current = await sessions.load(token as unknown as SessionClaims);
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
  const options = authOptions(parts);
  const { appUrl, rateLimits } = parts;
  believeForwardedHost();

  async function runNextAuth({ request, response, url, fields }: AuthRequest): Promise<void> {
    const segments = url.pathname.slice("/api/auth/".length).split("/");
    const pagesRequest = {
      method: request.method,
      headers: { "x-forwarded-host": appUrl.host, "x-forwarded-proto": appUrl.protocol.replace(":", "") },
      query: { ...Object.fromEntries(url.searchParams), nextauth: segments },
      cookies: parseCookies(request.headers.cookie),
      body: fields,
    };
    type PagesHandler = (request: object, response: object, options: AuthOptions) => Promise<void>;
    await (NextAuth as PagesHandler)(pagesRequest, pagesResponse(response), options);
  }

  return async (auth) => {
    const { request, response, url, fields, address } = auth;
    response.setHeader("Cache-Control", "private, no-store");
    const isPost = request.method === "POST";
    switch (url.pathname) {
      case "/api/auth/":
      case "/api/auth/_log":
        // next-auth fails at the first; anybody could fill our log through the second.
        throw new AppError("not_found", "No such page");
      case "/api/auth/link":
        return openSignInLink(parts, auth);
      case "/api/auth/signin/email":
        if (isPost) return requestSignInLink(parts, auth);
        break;
      case "/api/auth/callback/credentials":
        if (!isPost) throw new AppError("not_found", "No such page");
        await rateLimits.consume("sign_in_address", address);
        await rateLimits.consume("sign_in", `email:${normalizeEmail(fields.email ?? "")}`);
    }
    return runNextAuth(auth);
  };
}
