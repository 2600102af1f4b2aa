import { inTenantSql } from "@creneau/db/in-tenant";
import { enqueue, type NewJob } from "@creneau/db/jobs/enqueue";
import type { Instant } from "@creneau/domain/time/instant";
import { z } from "zod";
import { defineJob } from "../jobs/define-job.ts";
import { defineReaction } from "../jobs/define-reaction.ts";
import { scopeOfJob } from "../tenant-doors.ts";
import { refreshNextAvailable } from "./refresh-next-available.ts";

const refreshOrganization = "availability.refresh-organization";

/** The organization's hints anew; many reasons in a row are one job. */
function refreshOf(): NewJob {
  return { name: refreshOrganization, data: {}, dedupeKey: "refresh" };
}

/** Every five minutes: one job for each organization, unless its last one still waits. */
export const refreshNextAvailableJob = defineJob(
  {
    name: "availability.refresh-next-available",
    schema: z.looseObject({}),
    options: { cron: "*/5 * * * *", concurrency: 1, pollingSeconds: 5, settings: { retryLimit: 1 } },
  },
  async (_data, { database }) => {
    const { rows } = await database.pool.query<{ id: string }>("SELECT id FROM organization_ids() AS id");
    for (const { id } of rows) {
      await inTenantSql(database, scopeOfJob({ organizationId: id }), (tx) => enqueue(tx, refreshOf()));
    }
  },
);

/** One organization's hints of who is free first. */
const refreshOrganizationJob = defineJob(
  {
    name: refreshOrganization,
    schema: z.object({ organizationId: z.uuid() }),
    // One at a time: it computes, and the next refresh is never far.
    options: { concurrency: 1, pollingSeconds: 2, settings: { retryLimit: 1 } },
  },
  async (data, { database, now }) => {
    await refreshNextAvailable(database, { scope: scopeOfJob(data), now: now() as Instant });
  },
);

/** Changed hours or absences change who is free first. */
export const refreshOnChange = defineReaction({
  name: "availability.refresh",
  on: ["availability.changed"],
  react: () => [refreshOf()],
  jobs: [refreshOrganizationJob],
});
