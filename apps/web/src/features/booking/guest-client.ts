import type { AppRouter } from "@creneau/api/root";
import { createTRPCClient, httpLink, TRPCClientError } from "@trpc/client";
import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";

type Inputs = inferRouterInputs<AppRouter>["booking"];
type Outputs = inferRouterOutputs<AppRouter>["booking"];

export type PageView = Outputs["page"];
export type SlotAnswer = Outputs["slots"];
export type HoldView = Outputs["hold"];
export type ManageView = Outputs["manage"];
export type PortalView = Outputs["portal"];
export type FoundSite = Outputs["search"]["sites"][number];
export type Target = Pick<Inputs["slots"], "username" | "serviceSlug" | "siteSlug" | "providerId">;
/** A message of `booking.onSlots`. */
export type SlotsChange = Outputs["onSlots"] extends AsyncIterable<{ data: infer Change }> ? Change : never;

/** How far the visitor's clock is behind the server's, in milliseconds; a countdown must not believe a wrong clock. */
let clockLag = 0;

async function fetchAndCompareClocks(
  input: RequestInfo | URL | string,
  init?: RequestInit,
): Promise<Response> {
  const response = await fetch(input, init);
  const said = Date.parse(response.headers.get("date") ?? "");
  // The header counts whole seconds: less than two apart says nothing.
  if (!Number.isNaN(said)) clockLag = Math.abs(said - Date.now()) < 2_000 ? 0 : said - Date.now();
  return response;
}

/** The present as the server sees it, epoch milliseconds. */
export function serverNow(): number {
  return Date.now() + clockLag;
}

/** The API for visitors: plain HTTP calls and nothing else, so that a public page stays light. */
export const guest = createTRPCClient<AppRouter>({
  links: [
    httpLink({
      url: "/api/trpc",
      fetch: (input, init) => fetchAndCompareClocks(input as string, init as RequestInit),
    }),
  ],
});

/** Why a call was refused: a stable code (`offline` when no answer came) and what the server offers instead. */
export interface Refusal {
  code: string;
  details: {
    alternatives?: { startsAt: string; endsAt: string }[];
    retryAfterSeconds?: number;
    challenge?: unknown;
    field?: string;
    issues?: { path: string }[];
  };
}

/** Reads a failed call. */
export function refusalOf(error: unknown): Refusal {
  if (!(error instanceof TRPCClientError)) return { code: "unknown", details: {} };
  const data = error.data as { code?: string; details?: Refusal["details"] | null } | null | undefined;
  if (!data?.code) return { code: error.shape ? "unknown" : "offline", details: {} };
  return { code: data.code, details: data.details ?? {} };
}

/** Sends a call that must outlive the page: giving a hold back when the visitor leaves. */
export function sendOnLeaving(procedure: "booking.releaseHold", input: { holdToken: string }): void {
  const url = `/api/trpc/${procedure}`;
  const body = JSON.stringify(input);
  const isSent = navigator.sendBeacon?.(url, new Blob([body], { type: "application/json" }));
  if (isSent) return;
  void fetch(url, {
    method: "POST",
    body,
    keepalive: true,
    headers: { "content-type": "application/json" },
  }).catch(() => undefined);
}
