import { PrismaPg } from "@prisma/adapter-pg";
import { Pool } from "pg";
import { Doorbell } from "./doorbell.ts";
import { PrismaClient } from "./generated/client.ts";
import { rowTypes } from "./row-types.ts";

/** One process's connection to PostgreSQL as the application's role: Prisma and plain SQL share a single pool. */
export interface Database {
  readonly url: string;
  readonly pool: Pool;
  readonly prisma: PrismaClient;
  readonly doorbell: Doorbell;
  /** Waits for running queries, then closes every connection. */
  close(): Promise<void>;
}

/** The role that row-level security binds; every connection takes it on, whoever logged in. */
export const applicationRole = "creneau_app";

/**
 * Opens the pool. More than about eight connections a core only adds waiting.
 * A login that owns the tables or is superuser still becomes `creneau_app` here, so row-level security always applies.
 */
export function openDatabase({ url, poolSize = 16 }: { url: string; poolSize?: number }): Database {
  const pool = new Pool({
    connectionString: url,
    max: poolSize,
    options: `-c role=${applicationRole} -c timezone=UTC -c statement_timeout=20000 -c idle_in_transaction_session_timeout=30000`,
    application_name: "creneau",
    types: rowTypes,
  });
  // A connection that dies is replaced on the next use. Without a listener it would end the process: the pool's own hears
  // of those that are idle, the connection's of one that dies in somebody's hands, whose statement is refused anyway.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  const prisma = new PrismaClient({
    adapter: new PrismaPg(pool),
    transactionOptions: { maxWait: 10_000, timeout: 20_000 },
  });
  const doorbell = new Doorbell(pool);
  return {
    url,
    pool,
    prisma,
    doorbell,
    async close() {
      await doorbell.close();
      await prisma.$disconnect();
      await pool.end();
    },
  };
}
