import type { HttpCall } from "./http-load.ts";

/** A query as tRPC's clients send it. */
export function query(path: string, input: unknown): HttpCall {
  return { method: "GET", path: `/api/trpc/${path}?input=${encodeURIComponent(JSON.stringify(input))}` };
}

/** A mutation as tRPC's clients send it. */
export function mutation(path: string, input: unknown): HttpCall {
  return { method: "POST", path: `/api/trpc/${path}`, body: JSON.stringify(input) };
}

/** A mutation whose answer the next call of its lane needs. */
export function keeping(call: HttpCall, keep: string): HttpCall {
  return { ...call, keep };
}

/** Deals calls out to so many lanes, one after the other. */
export function dealOut(calls: HttpCall[], lanes: number): HttpCall[][] {
  return Array.from({ length: lanes }, (_, lane) => calls.filter((_call, index) => index % lanes === lane));
}
