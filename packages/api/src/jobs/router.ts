import { listDeadJobs, retryDeadJob } from "@creneau/db/jobs/dead-letters";
import { z } from "zod";
import { notFound } from "../errors.ts";
import { router, tenantProcedure } from "../trpc.ts";
import { assertMayManageJobs } from "./policy.ts";
import { deadJobsInput, deadJobView, retryDeadJobInput } from "./schema.ts";

/** Jobs that failed for good: seen and given another try. */
export const jobsRouter = router({
  dead: tenantProcedure
    .input(deadJobsInput)
    .output(z.object({ jobs: z.array(deadJobView) }))
    .query(async ({ ctx, input }) => {
      assertMayManageJobs(ctx.member);
      const jobs = await listDeadJobs(ctx.database, { scope: ctx.member.scope, limit: input.limit });
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
      assertMayManageJobs(ctx.member);
      const isRetried = await retryDeadJob(ctx.database, { scope: ctx.member.scope, jobId: input.id });
      if (!isRetried) throw notFound("dead job");
      return { id: input.id };
    }),
});
