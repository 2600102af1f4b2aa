import { setTimeout as sleep } from "node:timers/promises";
import { openDatabase } from "@creneau/db/database";
import { readConsumerStates } from "@creneau/db/events/parked-events";
import { Client } from "pg";
import type { BenchContext, Benchmark, Row } from "../benchmark.ts";
import { clock } from "../clock.ts";
import { startEventWriter } from "../event-writer.ts";
import { figures, round, summarize } from "../statistics.ts";

const backlog = 100_000;
const queue = "appointments.notify";

/** When each new job of the queue was first seen, by the entity it is about, until stopped. */
function watchJobs(client: Client): { seen: Map<string, number>; stop(): Promise<void> } {
  const seen = new Map<string, number>();
  let isStopped = false;
  let last = "00000000-0000-0000-0000-000000000000";
  const watching = (async () => {
    while (!isStopped) {
      const { rows } = await client.query<{ id: string; entity: string }>(
        `SELECT id, data ->> 'appointmentId' AS entity FROM pgboss.job_common WHERE name = $1 AND id > $2 ORDER BY id`,
        [queue, last],
      );
      const at = clock();
      for (const { id, entity } of rows) {
        seen.set(entity, at);
        last = id;
      }
      await sleep(5);
    }
  })();
  return {
    seen,
    async stop() {
      isStopped = true;
      await watching;
    },
  };
}

/** From the moment before COMMIT in one process to the job that a worker's reaction has queued in another. */
async function measureLatency(
  context: BenchContext,
  adminUrl: string,
  target: Parameters<typeof startEventWriter>[0],
) {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  const writer = await startEventWriter(target);
  const rows: Row[] = [];
  try {
    await writer.ask("write", { perSecond: 100, seconds: context.warmupSeconds });
    for (const perSecond of [100, 1_000]) {
      context.progress(`${perSecond} commits a second`);
      const watch = watchJobs(client);
      const written = await writer.ask("write", { perSecond, seconds: context.seconds });
      await sleep(1_500);
      await watch.stop();
      const missing = written.filter(({ entityId }) => !watch.seen.has(entityId)).length;
      if (missing > 0) throw new Error(`${missing} of ${written.length} events had no job`);
      const latencies = Float64Array.from(
        written,
        ({ entityId, at }) => (watch.seen.get(entityId) ?? 0) - at,
      );
      const summary = summarize({ latencies, seconds: context.seconds });
      rows.push({
        what: `${perSecond} commits a second`,
        ...figures(summary),
        "max ms": Math.round(summary.max),
      });
    }
  } finally {
    await Promise.all([writer.stop(), client.end()]);
  }
  return rows;
}

/** How fast the log is read when nobody reacts: what any consumer pays at least. */
async function readAlone(client: Client): Promise<number> {
  const startedAt = performance.now();
  let [xid, id, count] = [0, 0, 0];
  for (;;) {
    const { rows } = await client.query(
      "SELECT * FROM event WHERE (xid, id) > ($1::bigint, $2::bigint) ORDER BY xid, id LIMIT 1000",
      [xid, id],
    );
    count += rows.length;
    if (rows.length < 1_000) return count / ((performance.now() - startedAt) / 1_000);
    ({ xid, id } = rows.at(-1));
  }
}

/** Reactions to the log: how late they are, and how fast a worker makes good what was left undone. */
export const reactions: Benchmark = {
  name: "reactions",
  about: "commit → job queued by a reaction, at 100 and 1 000 commits a second; a backlog of 100 000 events",
  async run(context) {
    const database = await context.databases.open(context.sizes[0] ?? 100);
    const worker = await context.startServer(database, { roles: "worker" });
    const latencies = await measureLatency(context, database.adminUrl, database);
    await worker.stop();
    await database.cleanUp();

    context.progress(`${backlog.toLocaleString("en")} events and no worker`);
    await database.query(
      `INSERT INTO event (organization_id, type, entity_id, version, payload)
       SELECT $1::uuid, 'appointment.moved', uuid_v7(), 2, jsonb_build_object('providerId', $1::uuid, 'siteId', $1::uuid, 'roomId', NULL,
         'startsAt', '2099-11-24T09:00:00.000Z', 'settlesAt', '2099-11-24T09:00:00.000Z', 'notify', true)
       FROM generate_series(1, $2::integer)`,
      [database.organizationId, backlog],
    );
    const client = new Client({ connectionString: database.adminUrl });
    await client.connect();
    const alone = await readAlone(client);
    const reader = openDatabase({ url: database.url, poolSize: 1 });
    const progress = async () => {
      const { rows } = await client.query<{ count: number }>(
        "SELECT count(*)::integer AS count FROM pgboss.job_common WHERE name = $1",
        [queue],
      );
      return { at: performance.now(), count: rows[0]?.count ?? 0 };
    };
    let first = await progress();
    const before = first.count;
    const draining = context.startServer(database, { roles: "worker" });
    let now = first;
    while (now.count < before + backlog) {
      await sleep(100);
      now = await progress();
      // The clock runs from the first batch on: the start of the process is another benchmark's.
      if (first.count === before) first = now;
    }
    const perSecond = (now.count - first.count) / ((now.at - first.at) / 1_000);
    const states = await readConsumerStates(reader);
    await (await draining).stop();
    await Promise.all([client.end(), reader.close()]);
    await database.cleanUp();
    return {
      tables: [
        { title: "commit → job queued by a reaction in another process", rows: latencies },
        {
          title: `a backlog of ${backlog.toLocaleString("en")} events, one worker with all its reactions`,
          rows: [
            { what: "events a second", worker: round(perSecond), "reading the log alone": round(alone) },
            ...states.map(({ name, lagSeconds }) => ({
              what: `${name}: left behind, s`,
              worker: round(lagSeconds),
            })),
          ],
        },
      ],
      notes: ["A job's instant is when another connection first sees it; it looks every 5 ms."],
    };
  },
};
