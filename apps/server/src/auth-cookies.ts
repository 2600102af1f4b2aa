import { randomUUID } from "node:crypto";
import type { SessionClaims } from "@creneau/api/identity/verify-credentials";
import { decode, encode } from "next-auth/jwt";
import { type Device, DeviceTags, deviceSeconds } from "./device-cookie.ts";

/** How long a browser stays signed in after its last visit. */
export const sessionSeconds = 30 * 24 * 60 * 60;

const maxCookieBytes = 3_900;
const maxRememberedTokens = 10_000;

export interface SessionToken extends SessionClaims {
  /** Of this browser's sign-in, whatever its cookie is renewed to. */
  sessionId: string;
  /** Epoch seconds. */
  expiresAt: number;
}

/** Cookies by name; a malformed one is left out. The first of several with one name wins, as in browsers' order. */
export function parseCookies(header: string | undefined | null): Record<string, string> {
  const cookies: Record<string, string> = Object.create(null);
  for (const pair of (header ?? "").split(";")) {
    const at = pair.indexOf("=");
    if (at < 1) continue;
    const name = pair.slice(0, at).trim();
    if (name in cookies) continue;
    const value = pair
      .slice(at + 1)
      .trim()
      .replace(/^"(.*)"$/, "$1");
    try {
      cookies[name] = decodeURIComponent(value);
    } catch {
      // Not ours: we only set encoded values.
    }
  }
  return cookies;
}

/** Reads and writes the two cookies of a signed-in browser: next-auth's token, and the organization chosen. */
export class AuthCookies {
  readonly #secret: string;
  readonly #isSecure: boolean;
  readonly #remembered = new Map<string, SessionToken>();
  readonly sessionName: string;
  readonly organizationName: string;
  readonly #deviceName: string;
  readonly #devices: DeviceTags;

  constructor({ secret, isSecure }: { secret: string; isSecure: boolean }) {
    this.#secret = secret;
    this.#isSecure = isSecure;
    this.sessionName = `${isSecure ? "__Secure-" : ""}next-auth.session-token`;
    this.#deviceName = `${isSecure ? "__Host-" : ""}creneau.device`;
    this.#devices = new DeviceTags(secret);
    this.organizationName = `${isSecure ? "__Host-" : ""}creneau.organization`;
  }

  #serialize(name: string, value: string, maxAgeSeconds: number): string {
    const flags = `Path=/; HttpOnly; SameSite=Lax${this.#isSecure ? "; Secure" : ""}`;
    return `${name}=${encodeURIComponent(value)}; ${flags}; Max-Age=${maxAgeSeconds}`;
  }

  /** `Set-Cookie` that chooses an organization. */
  organization(organizationId: string): string {
    return this.#serialize(this.organizationName, organizationId, 365 * 24 * 60 * 60);
  }

  /**
   * `Set-Cookie` lines that sign a browser in as these claims, or out with null. `cookieHeader` is what it sent: a browser
   * that signs in is remembered as one of this account's.
   */
  async session(claims: SessionClaims | null, cookieHeader: string | undefined | null): Promise<string[]> {
    if (!claims) return [this.#serialize(this.sessionName, "", 0)];
    const token = { ...claims, sessionId: randomUUID() };
    const text = await encode({ token, secret: this.#secret, maxAge: sessionSeconds });
    return [
      this.#serialize(this.sessionName, text, sessionSeconds),
      this.rememberDevice(claims.userId, cookieHeader),
    ];
  }

  /** `Set-Cookie` after a sign-in, beside next-auth's own. */
  rememberDevice(userId: string, cookieHeader: string | undefined | null): string {
    const text = parseCookies(cookieHeader)[this.#deviceName];
    return this.#serialize(this.#deviceName, this.#devices.remember(text, userId), deviceSeconds);
  }

  /** The browser, if it has signed in before. */
  device(cookieHeader: string | undefined | null): Device | null {
    return this.#devices.read(parseCookies(cookieHeader)[this.#deviceName]);
  }

  /** What the session cookie says, if it is ours and has not expired. Whether it still counts is for `Sessions`. */
  async read(
    cookieHeader: string | undefined | null,
  ): Promise<{ token: SessionToken | null; organizationId?: string }> {
    const cookies = parseCookies(cookieHeader);
    const text = cookies[this.sessionName];
    const organizationId = cookies[this.organizationName];
    if (!text || text.length > maxCookieBytes) return { token: null, organizationId };
    return { token: await this.#decode(text), organizationId };
  }

  async #decode(text: string): Promise<SessionToken | null> {
    // Deriving the key and decrypting costs more than the rest of a small request.
    const known = this.#remembered.get(text);
    const now = Date.now() / 1000;
    if (known) return known.expiresAt > now ? known : null;
    const payload = await decode({ token: text, secret: this.#secret }).catch(() => null);
    if (typeof payload?.userId !== "string" || typeof payload.sessionVersion !== "number") return null;
    // Those made before sessions had a name of their own cannot be ended one by one: whoever has one signs in anew.
    if (typeof payload.sessionId !== "string") return null;
    if (typeof payload.exp !== "number" || payload.exp <= now) return null;
    const token = {
      userId: payload.userId,
      sessionVersion: payload.sessionVersion,
      sessionId: payload.sessionId,
      ...(typeof payload.linkSignInAt === "number" && { linkSignInAt: payload.linkSignInAt }),
      expiresAt: payload.exp,
    };
    if (this.#remembered.size >= maxRememberedTokens) this.#remembered.clear();
    this.#remembered.set(text, token);
    return token;
  }
}
