/** What a refused sign-in comes down to for the person in front of the form. */
export type SignInFailure =
  | "wrongPassword"
  | "throttled"
  | "linkThrottled"
  | "linkExpired"
  | "accountNotLinked"
  | "refused"
  | "unavailable"
  | "otherAddress"
  | "offline";

/** `used` is the address this page is open at, and `configured` the one at which it would work. */
type Outcome =
  | { ok: true; url: string }
  | { ok: false; failure: SignInFailure; configured?: string; used?: string };

const failuresByCode: Record<string, SignInFailure> = {
  CredentialsSignin: "wrongPassword",
  rate_limited: "throttled",
  Verification: "linkExpired",
  OAuthAccountNotLinked: "accountNotLinked",
  AccessDenied: "refused",
  Unavailable: "unavailable",
};

/** The failure behind next-auth's `error` parameter; an unknown one is told as a refusal. */
export function failureOf(code: string): SignInFailure {
  return failuresByCode[code] ?? "refused";
}

async function post(path: string, fields: Record<string, string>): Promise<Response> {
  const csrf: unknown = await (await fetch("/api/auth/csrf", { cache: "no-store" })).json();
  const csrfToken =
    typeof csrf === "object" && csrf !== null && "csrfToken" in csrf ? String(csrf.csrfToken) : "";
  return fetch(`/api/auth/${path}`, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ ...fields, csrfToken, json: "true" }),
  });
}

async function outcomeOf(response: Response): Promise<Outcome> {
  if (response.status === 429) return { ok: false, failure: "throttled" };
  if (response.status === 503) return { ok: false, failure: "unavailable" };
  if (response.status >= 500) return { ok: false, failure: "offline" };
  const body: unknown = await response.json();
  if (response.status === 403) {
    const { details } = (body as { error?: { details?: { configured?: string } } }).error ?? {};
    if (!details?.configured) return { ok: false, failure: "refused" };
    return { ok: false, failure: "otherAddress", configured: details.configured, used: location.origin };
  }
  const url = typeof body === "object" && body !== null && "url" in body ? String(body.url) : "";
  const error = new URL(url, location.origin).searchParams.get("error");
  if (error) return { ok: false, failure: failureOf(error) };
  return { ok: true, url };
}

async function attempt(path: string, fields: Record<string, string>): Promise<Outcome> {
  try {
    return await outcomeOf(await post(path, fields));
  } catch {
    return { ok: false, failure: "offline" };
  }
}

/** Signs in with e-mail and password; the session cookie is set when the outcome is ok. */
export function signInWithPassword(fields: { email: string; password: string; callbackUrl: string }) {
  return attempt("callback/credentials", fields);
}

/** Asks for a sign-in link by e-mail. The answer is the same whether the address is known or not. */
export async function requestEmailLink(fields: { email: string; callbackUrl: string }): Promise<Outcome> {
  const outcome = await attempt("signin/email", fields);
  // It is refused only while a link that works lies in the mailbox.
  return !outcome.ok && outcome.failure === "throttled" ? { ok: false, failure: "linkThrottled" } : outcome;
}

/** The address of Google's or Microsoft's own sign-in page. */
export function startProviderSignIn({ provider, callbackUrl }: { provider: string; callbackUrl: string }) {
  return attempt(`signin/${encodeURIComponent(provider)}`, { callbackUrl });
}

/** Ends the session of this browser. */
export function signOut({ callbackUrl }: { callbackUrl: string }) {
  return attempt("signout", { callbackUrl });
}
