import type { Database } from "../database.ts";
import { inTenantSql } from "../in-tenant.ts";
import type { TenantScope } from "../tenant-scope.ts";

/** An event that a consumer could not react to, or was not to without a person's word. */
export interface ParkedEvent {
  consumer: string;
  eventId: number;
  type: string;
  entityId: string;
  attempts: number;
  reason: string;
  /** When it is tried next; null: when somebody asks for it. */
  retryAt: Date | null;
  happenedAt: Date;
}

/** The organization's events that wait for another try, those that wait for a person first, then the latest first. */
export function listParkedEvents(
  database: Database,
  { scope, limit = 100 }: { scope: TenantScope; limit?: number },
): Promise<ParkedEvent[]> {
  return inTenantSql(database, scope, (tx) =>
    tx.query<ParkedEvent>(
      `SELECT p.consumer, p.event_id AS "eventId", e.type, e.entity_id AS "entityId", p.attempts, p.reason,
              p.retry_at AS "retryAt", e.created_at AS "happenedAt"
       FROM parked_event p JOIN event e ON e.organization_id = p.organization_id AND e.id = p.event_id
       WHERE p.organization_id = current_organization()
       ORDER BY p.retry_at IS NOT NULL, p.event_id DESC, p.consumer LIMIT $1`,
      [limit],
    ),
  );
}

/** Has an event of the organization tried again now, with all its tries anew; false when it does not wait. */
export function retryParkedEvent(
  database: Database,
  { scope, consumer, eventId }: { scope: TenantScope; consumer: string; eventId: number },
): Promise<boolean> {
  return inTenantSql(database, scope, async (tx) => {
    const rows = await tx.query(
      `UPDATE parked_event SET retry_at = now(), attempts = 0, updated_at = now()
       WHERE organization_id = current_organization() AND consumer = $1 AND event_id = $2::bigint RETURNING event_id`,
      [consumer, eventId],
    );
    return rows.length > 0;
  });
}

/** How a consumer stands, all organizations together. */
export interface ConsumerState {
  name: string;
  /** Age of the oldest event it has not reached, 0 when it has reached all. */
  lagSeconds: number;
  retrying: number;
  parked: number;
}

/** For the process's metrics. */
export async function readConsumerStates({ pool }: Pick<Database, "pool">): Promise<ConsumerState[]> {
  const { rows } = await pool.query<ConsumerState>(
    `SELECT name, lag_seconds AS "lagSeconds", retrying, parked FROM consumer_states()`,
  );
  return rows;
}
