import type { AskedJob, EventConsumer } from "@creneau/db/events/event-consumer";
import type { EventType, KnownEvent } from "../event-catalogue.ts";
import type { Job } from "./define-job.ts";

/** Who reacts to what happened, as the list of them has it. */
export interface Reaction extends EventConsumer {
  jobs: readonly Job[];
}

/**
 * A reaction to events of the catalogue: the jobs that each asks for, and those jobs themselves. `name` never changes, for
 * the reaction's place in the log is kept under it. `react` is pure, and is handed each event of its types once, in the
 * order of the log, a moment after its commit; see `EventConsumer`. It may wait for `settlesAt`, until when a change can
 * be taken back.
 */
export function defineReaction<const Type extends EventType>({
  name,
  on,
  react,
  jobs,
}: {
  name: string;
  on: readonly Type[];
  react: (event: KnownEvent<Type>) => readonly AskedJob[];
  jobs: readonly Job[];
}): Reaction {
  // The log hands over no other types than those asked for.
  return { name, types: on, react: (event) => react(event as unknown as KnownEvent<Type>), jobs };
}

/** A change that was taken back in the last moment of its window is still on its way to the commit. */
const commitMs = 2_000;

/** When a change can no longer be taken back: for whatever must not be done before. At once where it never could. */
export function settledAt({
  createdAt,
  payload,
}: {
  createdAt: Date;
  payload: { settlesAt?: string | undefined };
}): Date {
  return payload.settlesAt ? new Date(Date.parse(payload.settlesAt) + commitMs) : createdAt;
}
