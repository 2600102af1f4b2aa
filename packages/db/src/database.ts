import { PrismaPg } from "@prisma/adapter-pg";
import type { Pool } from "pg";
import { BoundedPool } from "./bounded-pool.ts";
import { DatabaseWatch } from "./database-watch.ts";
import { Doorbell } from "./doorbell.ts";
import { PrismaClient } from "./generated/client.ts";
import { rowTypes } from "./row-types.ts";

/** One process's connection to PostgreSQL as the application's role: Prisma and plain SQL share a single pool. */
export interface Database {
  readonly url: string;
  readonly pool: Pool;
  readonly prisma: PrismaClient;
  readonly doorbell: Doorbell;
  /** Knows whether the database is there. */
  readonly watch: DatabaseWatch;
  /** Waits for running queries, then closes every connection. */
  close(): Promise<void>;
}

/** The role that row-level security binds; every connection takes it on, whoever logged in. */
export const applicationRole = "creneau_app";

/** How much longer than a statement may take its connection may be silent before it is given up, milliseconds. */
const graceMs = 2_000;

/**
 * Opens the pool. More than about eight connections a core only adds waiting.
 * A login that owns the tables or is superuser still becomes `creneau_app` here, so row-level security always applies.
 */
export function openDatabase({
  url,
  poolSize = 16,
  statementMs = 10_000,
}: {
  url: string;
  poolSize?: number;
  /** How long one statement may take. */
  statementMs?: number;
}): Database {
  const options = `-c role=${applicationRole} -c timezone=UTC -c statement_timeout=${statementMs} -c idle_in_transaction_session_timeout=30000`;
  const watch = new DatabaseWatch({ url, options });
  const pool = new BoundedPool(
    {
      connectionString: url,
      max: poolSize,
      options,
      application_name: "creneau",
      types: rowTypes,
      silenceMs: statementMs + graceMs,
    },
    watch,
  );
  const prisma = new PrismaClient({
    adapter: new PrismaPg(pool),
    transactionOptions: { maxWait: 10_000, timeout: 15_000 },
  });
  const doorbell = new Doorbell(pool);
  return {
    url,
    pool,
    prisma,
    doorbell,
    watch,
    async close() {
      await doorbell.close();
      await prisma.$disconnect();
      await pool.close();
      await watch.close();
    },
  };
}
