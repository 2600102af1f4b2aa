import type { PoolClient } from "pg";
import type { Database } from "./database.ts";
import type { Prisma } from "./generated/client.ts";
import { deadlockDetected, serializationFailure, sqlState } from "./sql-state.ts";
import type { TenantScope } from "./tenant-scope.ts";

/** A transaction inside one organization, in plain SQL: for the hot paths, and for what Prisma cannot say. */
export interface TenantSql {
  readonly scope: TenantScope;
  /** Runs one statement. With a `name` it is prepared once a connection. */
  query<Row>(statement: string, values?: unknown[], name?: string): Promise<Row[]>;
  /** Set by whoever appends an event; the doorbell rings once after the commit. */
  hasEvents: boolean;
}

/** The same transaction with Prisma on top. */
export interface TenantTx extends TenantSql {
  readonly db: Prisma.TransactionClient;
}

const attempts = 4;

async function retryOnConflict<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run();
    } catch (error) {
      const state = sqlState(error);
      if (attempt >= attempts || (state !== deadlockDetected && state !== serializationFailure)) throw error;
    }
  }
}

/**
 * Runs `work` in one transaction that sees and writes only the scope's organization. Nothing but `tx` may be used
 * inside, and nothing slow (no network): everything commits together or not at all. A deadlock is retried, so `work`
 * must be repeatable.
 */
export function inTenant<T>(
  database: Database,
  scope: TenantScope,
  work: (tx: TenantTx) => Promise<T>,
): Promise<T> {
  return retryOnConflict(async () => {
    let hasEvents = false;
    const result = await database.prisma.$transaction(async (db) => {
      const tx = await enterTenant(db, scope);
      const value = await work(tx);
      hasEvents = tx.hasEvents;
      return value;
    });
    if (hasEvents) database.doorbell.ring();
    return result;
  });
}

/**
 * Makes the rest of a transaction see and write only the scope's organization. For the few changes that concern several
 * organizations at once, one after the other (a user with several seats); everybody else uses `inTenant`.
 */
export async function enterTenant(db: Prisma.TransactionClient, scope: TenantScope): Promise<TenantTx> {
  await db.$executeRaw`SELECT set_config('app.organization_id', ${scope.organizationId}, true)`;
  return {
    scope,
    db,
    hasEvents: false,
    query: <Row>(statement: string, values: unknown[] = []) =>
      db.$queryRawUnsafe<Row[]>(statement, ...values),
  };
}

/** As `inTenant`, without Prisma: two round trips around the statements of `work`. */
export function inTenantSql<T>(
  database: Database,
  scope: TenantScope,
  work: (tx: TenantSql) => Promise<T>,
): Promise<T> {
  return retryOnConflict(async () => {
    const client = await database.pool.connect();
    let broken: Error | undefined;
    try {
      // The scope's id is validated when it is minted, so it can stand in the text: one trip instead of two.
      await client.query(`BEGIN; SET LOCAL app.organization_id = '${scope.organizationId}'`);
      const tx = tenantSql(client, scope);
      const result = await work(tx);
      await client.query("COMMIT");
      if (tx.hasEvents) database.doorbell.ring();
      return result;
    } catch (error) {
      await client.query("ROLLBACK").catch((rollbackError: Error) => {
        broken = rollbackError;
      });
      throw error;
    } finally {
      client.release(broken);
    }
  });
}

/** SQL functions that set the scope themselves, from their first argument. */
export type TenantFunction =
  | "placement_facts"
  | "creation_facts"
  | "move_facts"
  | "create_appointment"
  | "change_appointment";

/**
 * Calls one SQL function in a transaction of its own: a single round trip, for reads and writes that need no more. Its
 * first argument is the scope's organization. A deadlock is retried. Whoever appended events rings the doorbell.
 */
export function tenantCall<Answer>(
  database: Database,
  scope: TenantScope,
  name: TenantFunction,
  values: unknown[],
): Promise<Answer> {
  const parameters = Array.from({ length: values.length + 1 }, (_, index) => `$${index + 1}`);
  const text = `SELECT ${name}(${parameters.join(", ")}) AS answer`;
  return retryOnConflict(async () => {
    const { rows } = await database.pool.query<{ answer: Answer }>({
      name,
      text,
      values: [scope.organizationId, ...values],
    });
    return rows[0]?.answer as Answer;
  });
}

function tenantSql(client: PoolClient, scope: TenantScope): TenantSql {
  return {
    scope,
    hasEvents: false,
    async query<Row>(statement: string, values: unknown[] = [], name?: string) {
      const result = await client.query({ text: statement, values, ...(name && { name }) });
      return result.rows as Row[];
    },
  };
}
