import type { Database } from "../database.ts";
import { inTenantSql } from "../in-tenant.ts";
import type { TenantScope } from "../tenant-scope.ts";

/** A job that failed on its last try. Its data are ids. */
export interface DeadJob {
  id: string;
  name: string;
  data: Record<string, unknown>;
  attempts: number;
  error: string | null;
  createdAt: Date;
  failedAt: Date;
}

/** The organization's dead jobs, latest first. */
export function listDeadJobs(
  database: Database,
  { scope, limit = 100 }: { scope: TenantScope; limit?: number },
): Promise<DeadJob[]> {
  return inTenantSql(database, scope, (tx) =>
    tx.query<DeadJob>(
      `SELECT id, name, data, retry_count + 1 AS attempts, output ->> 'message' AS error,
              created_on AS "createdAt", completed_on AS "failedAt"
       FROM pgboss.job_common
       WHERE state = 'failed' AND data ->> 'organizationId' = current_organization()::text
       ORDER BY completed_on DESC LIMIT $1`,
      [limit],
    ),
  );
}

/** Gives a dead job of the organization one more try, now; false when there is no such job. */
export function retryDeadJob(
  database: Database,
  { scope, jobId }: { scope: TenantScope; jobId: string },
): Promise<boolean> {
  return inTenantSql(database, scope, async (tx) => {
    const rows = await tx.query(
      `UPDATE pgboss.job_common
       SET state = 'retry', retry_limit = retry_count + 1, start_after = now(), completed_on = NULL,
           keep_until = now() + interval '30 days'
       WHERE id = $1::uuid AND state = 'failed' AND data ->> 'organizationId' = current_organization()::text
       RETURNING id`,
      [jobId],
    );
    return rows.length > 0;
  });
}

/** Counts for the process's metrics, all organizations together. */
export async function countJobs(
  database: Database,
): Promise<{ waiting: number; overdue: number; dead: number }> {
  const { rows } = await database.pool.query<{ waiting: number; overdue: number; dead: number }>(
    `SELECT count(*) FILTER (WHERE state < 'active')::integer AS waiting,
            count(*) FILTER (WHERE state < 'active' AND start_after < now() - interval '1 minute')::integer AS overdue,
            count(*) FILTER (WHERE state = 'failed')::integer AS dead
     FROM pgboss.job_common WHERE state < 'active' OR state = 'failed'`,
  );
  return rows[0] ?? { waiting: 0, overdue: 0, dead: 0 };
}
