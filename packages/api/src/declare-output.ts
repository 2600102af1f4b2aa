import type { TrackedEnvelope } from "@trpc/server";
import type { z } from "zod";

/** An output that is told, not checked. */
interface DeclaredOutput<Value> {
  /** What the answer is; of a subscription, what each of its items is. */
  view: z.ZodType;
  /** What tRPC calls: hands the answer on as it is. */
  parse(value: unknown): Value;
  /** Tests look at each answer; nobody else does. */
  look: ((value: unknown) => unknown) | null;
}

/**
 * Says what a procedure of a hot path answers without parsing it at run time, for checking five hundred slots would cost
 * more than finding them. Tests parse each real answer instead (`answers.fixture.ts`), so what is built must be exactly
 * what is declared: nothing is stripped here.
 */
export function declared<Schema extends z.ZodType>(schema: Schema): DeclaredOutput<z.output<Schema>> {
  return untouched(schema);
}

/** The same of each item that a subscription yields. */
export function declaredItems<Schema extends z.ZodType>(
  schema: Schema,
): DeclaredOutput<AsyncIterable<z.output<Schema>, void>> {
  return untouched(schema);
}

/** The same of items that carry the id to resume from. */
export function declaredTracked<Schema extends z.ZodType>(
  schema: Schema,
): DeclaredOutput<AsyncIterable<TrackedEnvelope<z.output<Schema>>, void>> {
  return untouched(schema);
}

function untouched<Value>(view: z.ZodType): DeclaredOutput<Value> {
  return {
    view,
    look: null,
    parse(value) {
      return (this.look === null ? value : this.look(value)) as Value;
    },
  };
}
