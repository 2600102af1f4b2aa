import { Client } from "pg";
import { PgBoss } from "pg-boss";
import { advisoryLocks } from "../advisory-locks.ts";

/** Schema of the job queue; pg-boss owns its shape, and its version is pinned in package.json. */
export const queueSchema = "pgboss";

/*
 * The owner keeps the schema's shape to itself. The application's role works jobs (fetch, beat, complete, fail, retry),
 * keeps their queues' settings and fires schedules; `enqueue_job` runs as creneau_system and only adds.
 */
const grants = `
  BEGIN;
  SELECT pg_advisory_xact_lock(${advisoryLocks.queueGrants});
  GRANT USAGE ON SCHEMA ${queueSchema} TO creneau_app, creneau_system;
  GRANT SELECT ON ALL TABLES IN SCHEMA ${queueSchema} TO creneau_app;
  GRANT INSERT, UPDATE, DELETE ON ${queueSchema}.job, ${queueSchema}.job_common, ${queueSchema}.schedule,
    ${queueSchema}.warning, ${queueSchema}.job_dependency TO creneau_app;
  GRANT INSERT, UPDATE ON ${queueSchema}.queue TO creneau_app;
  GRANT UPDATE ON ${queueSchema}.version TO creneau_app;
  GRANT SELECT, INSERT, UPDATE, DELETE ON ${queueSchema}.job_common TO creneau_system;
  GRANT SELECT, INSERT ON ${queueSchema}.queue TO creneau_system;
  CREATE INDEX IF NOT EXISTS job_common_dead ON ${queueSchema}.job_common (completed_on) WHERE state = 'failed';
  COMMIT`;

/**
 * Brings the queue's schema to the installed pg-boss and grants the application what it needs. `adminUrl` is the
 * owner's. Idempotent, and safe for several processes at once (pg-boss takes an advisory lock of its own).
 */
export async function migrateQueue(adminUrl: string): Promise<void> {
  const boss = new PgBoss({
    connectionString: adminUrl,
    schema: queueSchema,
    max: 2,
    supervise: false,
    schedule: false,
    application_name: "creneau-migrate",
  });
  boss.on("error", () => undefined);
  await boss.start();
  await boss.stop({ graceful: false, close: true });
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(grants);
  } finally {
    await client.end();
  }
}
