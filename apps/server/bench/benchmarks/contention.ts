import type { BenchDatabase } from "../bench-databases.ts";
import type { BenchContext, Benchmark, Row } from "../benchmark.ts";
import { type FreePlace, findFreePlaces } from "../free-places.ts";
import { loadHttp } from "../http-load.ts";
import { benchAdmin, benchPassword } from "../seed-large.ts";
import { loadSql } from "../sql-load.ts";
import { figures, summarize } from "../statistics.ts";
import { createCall } from "./create.ts";

const slotsInDispute = 10;

async function deadlocks(database: BenchDatabase): Promise<number> {
  const rows = await database.query<{ count: number }>(
    "SELECT deadlocks::integer AS count FROM pg_stat_database WHERE datname = current_database()",
  );
  return rows[0]?.count ?? 0;
}

/** Everybody wants the same ten slots, set after set; each begins at another of the ten. */
function lanesOf(sets: FreePlace[][], clients: number) {
  return Array.from({ length: clients }, (_, client) =>
    sets.flatMap((set) =>
      set.map((_place, turn) => createCall(set[(client + turn) % set.length] as FreePlace)),
    ),
  );
}

async function fight(
  context: BenchContext,
  {
    database,
    url,
    cookie,
    clients,
    sets,
  }: { database: BenchDatabase; url: string; cookie: string; clients: number; sets: number },
): Promise<Row> {
  const places = await findFreePlaces(database, sets * slotsInDispute);
  const disputed = Array.from({ length: sets }, (_, set) =>
    places.slice(set * slotsInDispute, (set + 1) * slotsInDispute),
  );
  const before = await deadlocks(database);
  context.progress(`${clients} clients, ${sets} × ${slotsInDispute} slots`);
  const outcome = await loadHttp({
    url,
    cookie,
    connections: clients,
    warmupSeconds: 0,
    lanes: lanesOf(disputed, clients),
  });
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  const { ok = 0, slot_taken: taken = 0, ...others } = outcome.outcomes;
  if (ok !== places.length || Object.keys(others).length > 0) {
    throw new Error(`${places.length} slots, ${ok} winners, others: ${JSON.stringify(others)}`);
  }
  const row = {
    what: `HTTP, ${clients} clients for ${slotsInDispute} slots`,
    ...figures(summarize(outcome)),
    won: ok,
    refused: taken,
    deadlocks: (await deadlocks(database)) - before,
  };
  await database.cleanUp();
  return row;
}

async function fightRaw(context: BenchContext, database: BenchDatabase, clients: number): Promise<Row> {
  const { url, organizationId } = database;
  const { seconds, warmupSeconds } = context;
  await findFreePlaces(database, slotsInDispute);
  const before = await deadlocks(database);
  const statement = `SELECT (place_appointment(jsonb_build_object('site_id', site_id, 'provider_id', provider_id, 'service_id', service_id,
    'starts_at', starts_at, 'ends_at', starts_at + interval '30 minutes', 'busy_from', starts_at, 'busy_to', starts_at + interval '30 minutes',
    'status', 'confirmed', 'source', 'backoffice'), now())).id::text FROM bench.cell WHERE n = $1::integer`;
  const values = Array.from({ length: slotsInDispute }, (_, index) => [index + 1]);
  const sample = await loadSql({
    url,
    organizationId,
    connections: clients,
    warmupSeconds,
    seconds,
    statement,
    values,
  });
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  const won = await database.query<{ count: number }>(
    "SELECT count(*)::integer AS count FROM bench.cell c JOIN appointment a ON a.provider_id = c.provider_id AND a.starts_at = c.starts_at AND a.organization_id = $1",
    [organizationId],
  );
  const row = {
    what: `raw insert, ${clients} clients for ${slotsInDispute} slots`,
    ...figures(summarize(sample)),
    won: won[0]?.count ?? 0,
    deadlocks: (await deadlocks(database)) - before,
  };
  await database.cleanUp();
  return row;
}

/** Many for the same few slots: exactly as many win as there are slots, and nobody waits for a deadlock. */
export const contention: Benchmark = {
  name: "contention",
  about: "32, 200 and 500 clients for the same 10 slots: decisions a second, deadlocks",
  async run(context) {
    const database = await context.databases.open(context.sizes.at(-1) ?? 100);
    const server = await context.startServer(database);
    const cookie = await server.signIn(benchAdmin, benchPassword);
    const rows: Row[] = [];
    for (const [clients, sets] of [
      [32, 12],
      [200, 2],
      [500, 1],
    ] as const) {
      rows.push(await fight(context, { database, url: server.url, cookie, clients, sets }));
    }
    rows.push(await fightRaw(context, database, 32));
    return {
      tables: [
        {
          title: "everybody wants the same slots; a refusal comes with reasons and the nearest free starts",
          rows,
        },
      ],
    };
  },
};
