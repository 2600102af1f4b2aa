import type { TenantSql } from "../in-tenant.ts";

/**
 * Takes back a job that waits under this key, in the caller's transaction; false when none waits. A job that has been
 * tried already stays and reads the state anew, so a retraction saves work but nothing relies on it.
 */
export async function retract(tx: TenantSql, job: { name: string; dedupeKey: string }): Promise<boolean> {
  const [row] = await tx.query<{ retracted: boolean }>(
    "SELECT retract_job($1::text, $2::text) AS retracted",
    [job.name, job.dedupeKey],
    "retract_job",
  );
  return row?.retracted ?? false;
}
