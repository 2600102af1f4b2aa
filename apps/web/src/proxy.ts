import type { NextRequest } from "next/server";
import createMiddleware from "next-intl/middleware";
import { routing } from "./i18n/routing.ts";

const localize = createMiddleware(routing);

/**
 * Sends a bare path to the visitor's language (`/book/x` becomes `/fr/book/x`) and tells the page its own address,
 * which a layout needs to come back to it after sign-in.
 */
export default function proxy(request: NextRequest) {
  request.headers.set("x-requested-path", `${request.nextUrl.pathname}${request.nextUrl.search}`);
  return localize(request);
}

export const config = {
  // Everything but the API, Next's own files and files with an extension.
  matcher: ["/((?!api|_next|healthz|readyz|metrics|.*\\..*).*)"],
};
