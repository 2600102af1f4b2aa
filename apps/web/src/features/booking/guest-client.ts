import type { AppRouter } from "@creneau/api/root";
import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import type { Challenge } from "./challenge.ts";

type Inputs = inferRouterInputs<AppRouter>["booking"];
type Outputs = inferRouterOutputs<AppRouter>["booking"];

export type PageView = Outputs["page"];
export type SlotAnswer = Outputs["slots"];
export type HoldView = Outputs["hold"];
export type ManageView = Outputs["manage"];
export type PortalView = Outputs["portal"];
export type FoundSite = Outputs["search"]["sites"][number];
export type Target = Pick<
  Inputs["slots"],
  "username" | "serviceSlug" | "siteSlug" | "providerId" | "subject"
>;
/** A message of `booking.onSlots`. */
export type SlotsChange = Outputs["onSlots"] extends AsyncIterable<{ data: infer Change }> ? Change : never;

/** How far the visitor's clock is behind the server's, in milliseconds; a countdown must not believe a wrong clock. */
let clockLag = 0;

/** The present as the server sees it, epoch milliseconds. */
export function serverNow(): number {
  return Date.now() + clockLag;
}

/** Why a call was refused: a stable code (`offline` when no answer came) and what the server offers instead. */
export interface Refusal {
  code: string;
  details: {
    alternatives?: { startsAt: string; endsAt: string }[];
    retryAfterSeconds?: number;
    /** A proof of work to come back with. */
    challenge?: Challenge;
    field?: string;
    reason?: string;
    /** Where this page should have been opened (`reason` is `other_address`). */
    configured?: string;
    issues?: { path: string }[];
  };
}

class RefusedCall extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.code);
    this.refusal = refusal;
  }
}

/** Reads a failed call. */
export function refusalOf(error: unknown): Refusal {
  return error instanceof RefusedCall ? error.refusal : { code: "unknown", details: {} };
}

interface Refused {
  code?: string | number;
  details?: Refusal["details"] | null;
}

interface Answer {
  result?: { data: unknown };
  /** As the API refuses, or as the server does before it. */
  error?: Refused & { data?: Refused };
}

/** Nobody watches a button turn for longer than this; a page that waits for its content does. */
const patienceMs = 60_000;
let isOut = false;
const listeners = new Set<() => void>();

/** Whether the service is away at present; calls wait for it and go on by themselves. For `useSyncExternalStore`. */
export const outage = {
  subscribe(listener: () => void) {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
  isOn: () => isOut,
};

function noteOutage(next: boolean): void {
  if (isOut === next) return;
  isOut = next;
  for (const listener of listeners) listener();
}

/**
 * One call of `router.procedure`: a change sends a body, a question has its input in the address. While the service is
 * away it is sent again, as often as the server allows: what may not be done twice carries a key of its own.
 */
export async function callAsGuest(address: string, body?: object): Promise<unknown> {
  const startedAt = Date.now();
  for (;;) {
    try {
      const data = await callOnce(address, body);
      noteOutage(false);
      return data;
    } catch (error) {
      const { code, details } = refusalOf(error);
      if (code !== "unavailable") throw error;
      noteOutage(true);
      if (body && Date.now() - startedAt > patienceMs) throw error;
      const pause = Math.min(details.retryAfterSeconds ?? 5, 10) * 1000 * (0.5 + Math.random());
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}

async function callOnce(address: string, body?: object): Promise<unknown> {
  let response: Response;
  let answer: Answer;
  try {
    response = await fetch(
      `/api/trpc/${address}`,
      body && {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      },
    );
    answer = (await response.json()) as Answer;
  } catch {
    throw new RefusedCall({ code: "offline", details: {} });
  }
  const said = Date.parse(response.headers.get("date") ?? "");
  // The header counts whole seconds: less than two apart says nothing.
  if (!Number.isNaN(said)) clockLag = Math.abs(said - Date.now()) < 2_000 ? 0 : said - Date.now();
  if (answer.result) return answer.result.data;
  const refused = answer.error?.data ?? answer.error;
  throw new RefusedCall({ code: String(refused?.code ?? "unknown"), details: refused?.details ?? {} });
}

/**
 * The API for visitors, in the transport's plain form: one call, one request. The whole client library would weigh more
 * than the calendar it serves; only the live line, loaded later, needs it.
 */
export const guest = {
  query: <Name extends keyof Inputs>(name: Name, input: Inputs[Name]) =>
    callAsGuest(`booking.${name}?input=${encodeURIComponent(JSON.stringify(input))}`) as Promise<
      Outputs[Name]
    >,
  mutate: <Name extends keyof Inputs>(name: Name, input: Inputs[Name]) =>
    callAsGuest(`booking.${name}`, input) as Promise<Outputs[Name]>,
};

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
