import { isDeepStrictEqual } from "node:util";
import { isTrackedEnvelope } from "@trpc/server";
import type { z } from "zod";
import { appRouter } from "./root.ts";

/** A declared output, as `declare-output.ts` makes it, or a schema that parses at run time. */
interface Output {
  view?: z.ZodType;
  parse?: (value: unknown) => unknown;
  look?: ((value: unknown) => unknown) | null;
}

/** Every procedure of the product by its path, with its kind and what it says it answers. */
export function outputs(): { path: string; type: string; output: Output | undefined }[] {
  const procedures = Object.entries(appRouter._def.procedures) as unknown as [
    string,
    { _def: { type: string; output?: Output } },
  ][];
  return procedures.map(([path, { _def }]) => ({ path, type: _def.type, output: _def.output }));
}

/** What of an answer is not as declared; null when it is exactly that: nothing wrong, nothing missing, nothing more. */
export function faultOf(view: z.ZodType, answer: unknown): string | null {
  const sent: unknown = answer === undefined ? undefined : JSON.parse(JSON.stringify(answer));
  const parsed = view.safeParse(sent);
  if (!parsed.success) return parsed.error.message;
  const declared: unknown = parsed.data === undefined ? undefined : JSON.parse(JSON.stringify(parsed.data));
  return isDeepStrictEqual(declared, sent) ? null : "It holds more than it declares";
}

/** Has every answer that is not parsed at run time looked at from now on, in this process, over whatever transport. */
export function watchAnswers(): void {
  for (const { path, type, output } of outputs()) {
    const { view } = output ?? {};
    if (!output || !view || output.look) continue;
    const assertDeclared = (answer: unknown) => {
      const fault = faultOf(view, answer);
      if (fault)
        throw new Error(`${path} does not answer what it declares: ${fault}\n${JSON.stringify(answer)}`);
    };
    output.look = (answer) => {
      if (type === "subscription") return watchItems(answer as AsyncIterable<unknown>, assertDeclared);
      assertDeclared(answer);
      return answer;
    };
  }
}

async function* watchItems(items: AsyncIterable<unknown>, assertDeclared: (item: unknown) => void) {
  for await (const item of items) {
    assertDeclared(isTrackedEnvelope(item as never) ? (item as unknown[])[1] : item);
    yield item;
  }
}
