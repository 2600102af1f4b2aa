import type { IncomingMessage, ServerResponse } from "node:http";
import type { Context } from "@creneau/api/context";
import type { Sessions } from "@creneau/api/identity/load-session";
import type { Services } from "@creneau/api/services";
import type { AuthCookies } from "./auth-cookies.ts";

/** Everything that turns a request's cookies into who is asking. */
export interface Identity {
  services: Services;
  sessions: Sessions;
  cookies: AuthCookies;
}

/** Facts about a request that the HTTP layer established; the client cannot forge them. */
export interface RequestFacts {
  requestId: string;
  address: string;
}

/** The API's context for one request; with a `response`, procedures may set cookies on it. */
export async function createRequestContext(
  { services, sessions, cookies }: Identity,
  {
    cookieHeader,
    facts,
    response,
  }: { cookieHeader: string | null; facts: RequestFacts; response?: ServerResponse },
): Promise<Context> {
  const { token, organizationId } = await cookies.read(cookieHeader);
  const session = token && (await sessions.load(token, organizationId));
  return {
    ...services,
    ...facts,
    session,
    ...(session && token.linkSignInAt !== undefined && { linkSignInAt: token.linkSignInAt }),
    ...(response && {
      setOrganization: (id) => void response.appendHeader("Set-Cookie", cookies.organization(id)),
      setSession: async (claims) =>
        void response.appendHeader("Set-Cookie", await cookies.session(claims, cookieHeader)),
    }),
  };
}

/** Headers by which the HTTP layer hands the facts to pages rendered in this process. */
const addressHeader = "x-creneau-address";
const requestIdHeader = "x-request-id";

/** Writes the facts over whatever the client sent under those names. */
export function putFacts(request: IncomingMessage, facts: RequestFacts): void {
  request.headers[addressHeader] = facts.address;
  request.headers[requestIdHeader] = facts.requestId;
}

/** Reads them back from a page's headers. */
export function readFacts(headers: Headers): RequestFacts {
  return {
    address: headers.get(addressHeader) ?? "unknown",
    requestId: headers.get(requestIdHeader) ?? "page",
  };
}
