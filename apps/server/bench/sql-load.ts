import { Client } from "pg";
import { doTasks, startHelper } from "./helper.ts";
import type { Sample } from "./statistics.ts";

/** One prepared statement in a loop: the raw limit beside which the whole product is shown. */
export interface SqlPlan {
  url: string;
  /** The tenant of every connection, as a session setting: one statement is then one round trip. */
  organizationId: string;
  connections: number;
  warmupSeconds: number;
  seconds: number;
  statement: string;
  /** Values of each call, in turn; the connections start at different places. */
  values: unknown[][];
}

type SqlTasks = { run(plan: SqlPlan): Promise<Sample> };

/** Runs the statement in a process of its own. */
export async function loadSql(plan: SqlPlan): Promise<Sample> {
  const helper = startHelper<SqlTasks>(import.meta.url);
  try {
    return await helper.ask("run", plan);
  } finally {
    await helper.stop();
  }
}

async function run({
  url,
  organizationId,
  connections,
  warmupSeconds,
  seconds,
  statement,
  values,
}: SqlPlan): Promise<Sample> {
  const latencies: number[] = [];
  const measureFrom = performance.now() + warmupSeconds * 1000;
  const endAt = measureFrom + seconds * 1000;
  const loop = async (first: number) => {
    const client = new Client({
      connectionString: url,
      options: `-c app.organization_id=${organizationId} -c timezone=UTC`,
    });
    await client.connect();
    for (let turn = first; ; turn++) {
      const startedAt = performance.now();
      if (startedAt >= endAt) break;
      await client.query({ name: "raw", text: statement, values: values[turn % values.length] });
      const now = performance.now();
      if (now >= measureFrom && now <= endAt) latencies.push(now - startedAt);
    }
    await client.end();
  };
  const share = Math.max(1, Math.floor(values.length / connections));
  await Promise.all(Array.from({ length: connections }, (_, index) => loop(index * share)));
  return { latencies: Float64Array.from(latencies), seconds };
}

if (import.meta.main && process.send) {
  const tasks: SqlTasks = { run };
  doTasks(tasks);
}
