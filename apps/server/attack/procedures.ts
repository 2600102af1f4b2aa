import { appRouter } from "@creneau/api/root";
import type { z } from "zod";
import type { Visitor } from "./browser.ts";

/** One procedure of the API, as whoever walks them all needs it. */
export interface Procedure {
  name: string;
  type: "query" | "mutation" | "subscription";
  schema: z.ZodType | undefined;
}

/** Every procedure there is. */
export const procedures: readonly Procedure[] = Object.entries(
  appRouter._def.procedures as unknown as Record<
    string,
    { _def: { type: Procedure["type"]; inputs: z.ZodType[] } }
  >,
).map(([name, { _def }]) => ({ name, type: _def.type, schema: _def.inputs[0] }));

/** Those that are asked by a request. */
export const callable = procedures.filter(({ type }) => type !== "subscription");

/** Places in a list that only an earlier answer can name. */
export const cursors = ["cursor", "lastEventId"];

export interface Answer {
  status: number;
  /** Of an error. */
  code: string;
  text: string;
}

/** Asks one procedure as this person. */
export async function call(visitor: Visitor, { name, type }: Procedure, input: unknown): Promise<Answer> {
  const query = input === undefined ? "" : `?input=${encodeURIComponent(JSON.stringify(input))}`;
  const response = await visitor.fetch(`/api/trpc/${name}${type === "query" ? query : ""}`, {
    method: type === "query" ? "GET" : "POST",
    headers: { "content-type": "application/json" },
    ...(type === "mutation" && { body: JSON.stringify(input ?? {}) }),
  });
  const text = await response.text();
  return { status: response.status, code: JSON.parse(text).error?.data.code ?? "", text };
}

const refusals = /^(not_found|invalid_input|unauthenticated|forbidden|rate_limited|internal|unavailable)$/;

/** Whether an answer shows that the request came past every door: it worked, or failed for a reason of the matter itself. */
export function isReached({ type }: Procedure, { status, code }: Answer): boolean {
  return status === 200 || (type === "mutation" && !refusals.test(code));
}

/** What takes things away comes last, so that there is something to reach until then. */
const lastOf = [/archive|merge|close|cancel/i, /remove|revoke|leave|retry/i];

/** Procedures in an order in which one leaves the others something to do. */
export function gently<Each extends Procedure>(list: readonly Each[]): Each[] {
  const rank = ({ name }: Procedure) => lastOf.findIndex((pattern) => pattern.test(name));
  return list.toSorted((one, other) => rank(one) - rank(other));
}
