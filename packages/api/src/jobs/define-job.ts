import type { Database } from "@creneau/db/database";
import { HopelessJobError, type JobQueue, type JobRun } from "@creneau/db/jobs/job-runner";
import type { z } from "zod";
import type { Mailer } from "../messages/open-mailer.ts";
import type { Log } from "../services.ts";

/** What the worker gives every job. */
export interface JobServices {
  database: Database;
  /** The present instant, epoch milliseconds. */
  now: () => number;
  log: Log;
  mailer: Mailer;
  /** Where this installation is found, for links in mails. */
  appUrl: string;
  /** Key of the links that clients are given; never leaves the process. */
  linkSecret: string;
}

/** What a slice says of one of its jobs. Data hold ids, never rows: the handler reads the state anew. */
export interface JobDefinition<Data> {
  name: string;
  schema: z.ZodType<Data>;
  options?: Pick<JobQueue, "settings" | "cron" | "concurrency" | "pollingSeconds" | "isOnceOnly">;
}

/** Must be idempotent: it is run again after a failure and after a killed worker. */
export type JobHandler<Data> = (data: Data, services: JobServices, run: JobRun) => Promise<void>;

/** A definition with its handler, as the registry lists it. */
export type Job = (services: JobServices) => JobQueue;

/** Ties a definition to its handler; data that do not fit the schema kill the job, for no retry would mend them. */
export function defineJob<Data>(
  { name, schema, options }: JobDefinition<Data>,
  handle: JobHandler<Data>,
): Job {
  return (services) => ({
    name,
    ...options,
    async run(run) {
      const parsed = schema.safeParse(run.data ?? {});
      if (!parsed.success) throw new HopelessJobError("Invalid job data");
      await handle(parsed.data, services, run);
    },
  });
}
