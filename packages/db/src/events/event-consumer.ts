import type { NewJob } from "../jobs/enqueue.ts";
import type { LoggedEvent } from "./event-log.ts";

/** A waiting job that an event makes superfluous; one that runs already, or has been tried, stays. */
export interface TakenBackJob {
  name: string;
  dedupeKey: string;
  isTakenBack: true;
}

/** What an event asks for. The job's data are ids; organization and event are added to them. */
export type AskedJob = NewJob | TakenBackJob;

/** Somebody who reacts to the log, under a name that keeps their place in it. */
export interface EventConsumer {
  /** Never changes: under another name it would begin anew. */
  name: string;
  /** The types of events it is handed. */
  types: readonly string[];
  /**
   * The jobs that an event asks for. Pure: it is called again after a fault, and nothing is written but what it answers.
   * Throwing postpones this event alone.
   */
  react: (event: LoggedEvent) => readonly AskedJob[];
}

/** What became of an event whose reaction failed. */
export interface ReactionFailure {
  consumer: string;
  eventId: number;
  type: string;
  attempt: number;
  /** Null: parked, until a person asks for another try. */
  retrySeconds: number | null;
  error: unknown;
}
