import { listParkedEvents, retryParkedEvent } from "@creneau/db/events/parked-events";
import { listDeadJobs, retryDeadJob } from "@creneau/db/jobs/dead-letters";
import { z } from "zod";
import { notFound } from "../errors.ts";
import { router, tenantProcedure } from "../trpc.ts";
import { assertMayManageJobs } from "./policy.ts";
import {
  deadJobsInput,
  deadJobView,
  parkedEventsInput,
  parkedEventView,
  retryDeadJobInput,
  retryParkedEventInput,
} from "./schema.ts";

/** Jobs that failed for good, and events that could not be reacted to: seen and given another try. */
export const jobsRouter = router({
  dead: tenantProcedure
    .input(deadJobsInput)
    .output(z.object({ jobs: z.array(deadJobView) }))
    .query(async ({ ctx, input }) => {
      assertMayManageJobs(ctx.work.actor);
      const jobs = await listDeadJobs(ctx.work.database, { scope: ctx.work.scope, limit: input.limit });
      return {
        jobs: jobs.map((job) => ({
          ...job,
          createdAt: job.createdAt.toISOString(),
          failedAt: job.failedAt.toISOString(),
        })),
      };
    }),
  retry: tenantProcedure
    .input(retryDeadJobInput)
    .output(z.object({ id: z.uuid() }))
    .mutation(async ({ ctx, input }) => {
      assertMayManageJobs(ctx.work.actor);
      const isRetried = await retryDeadJob(ctx.work.database, { scope: ctx.work.scope, jobId: input.id });
      if (!isRetried) throw notFound("dead job");
      return { id: input.id };
    }),
  parkedEvents: tenantProcedure
    .input(parkedEventsInput)
    .output(z.object({ events: z.array(parkedEventView) }))
    .query(async ({ ctx, input }) => {
      assertMayManageJobs(ctx.work.actor);
      const events = await listParkedEvents(ctx.work.database, { scope: ctx.work.scope, limit: input.limit });
      return {
        events: events.map((event) => ({
          ...event,
          retryAt: event.retryAt?.toISOString() ?? null,
          happenedAt: event.happenedAt.toISOString(),
        })),
      };
    }),
  retryParkedEvent: tenantProcedure
    .input(retryParkedEventInput)
    .output(retryParkedEventInput)
    .mutation(async ({ ctx, input }) => {
      assertMayManageJobs(ctx.work.actor);
      const isRetried = await retryParkedEvent(ctx.work.database, { scope: ctx.work.scope, ...input });
      if (!isRetried) throw notFound("parked event");
      return input;
    }),
});
