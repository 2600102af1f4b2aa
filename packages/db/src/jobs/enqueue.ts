import type { TenantSql } from "../in-tenant.ts";

/** Work to do after the commit. Its data are ids; the handler reads the state anew when it runs. */
export interface NewJob {
  name: string;
  data: Record<string, unknown>;
  /** Not before this instant. */
  startAfter?: Date;
  /** While a job of this name and key waits, another is not added: the waiting one takes on these data and instant. */
  dedupeKey?: string;
}

/** Queues a job inside the caller's transaction: it exists if, and only if, that transaction commits. */
export async function enqueue(tx: TenantSql, job: NewJob): Promise<void> {
  const data = { ...job.data, organizationId: tx.scope.organizationId };
  await tx.query(
    "SELECT enqueue_job($1::text, $2::jsonb, $3::timestamptz, $4::text)::text",
    [job.name, JSON.stringify(data), job.startAfter ?? null, job.dedupeKey ?? null],
    "enqueue_job",
  );
}
