import type { BenchDatabase } from "../bench-databases.ts";
import type { BenchContext, Benchmark, Row } from "../benchmark.ts";
import { type FreePlace, findFreePlaces } from "../free-places.ts";
import { type HttpCall, loadHttp } from "../http-load.ts";
import { loadPgbench } from "../pgbench.ts";
import { benchAdmin, benchPassword } from "../seed-large.ts";
import type { ServerProcess } from "../server-process.ts";
import { loadSql } from "../sql-load.ts";
import { figures, round, type Summary, summarize } from "../statistics.ts";
import { mutation } from "../trpc-call.ts";
import { assertAllOk } from "./create.ts";

const places = 960;
const movesPerPlace = 40;

/** Moves of one appointment by a quarter of an hour and back; each knows the version that the one before left. */
function movesOf({ appointmentId, startsAt }: FreePlace): HttpCall[] {
  return Array.from({ length: movesPerPlace }, (_, index) =>
    mutation("appointments.move", {
      id: appointmentId,
      version: index + 1,
      startsAt: new Date(startsAt.getTime() + (index % 2 === 0 ? 15 * 60_000 : 0)).toISOString(),
    }),
  );
}

/** Moves through HTTP: as fast as the connections allow, or so many a second. */
export async function measureMove(
  { seconds, warmupSeconds }: Pick<BenchContext, "seconds" | "warmupSeconds">,
  {
    database,
    server,
    connections,
    rate,
  }: { database: BenchDatabase; server: ServerProcess; connections: number; rate?: number },
): Promise<Summary> {
  const found = await findFreePlaces(database, places, { isTaken: true });
  const cookie = await server.signIn(benchAdmin, benchPassword);
  const perLane = rate ? 1 : Math.floor(found.length / connections);
  const lanes = rate
    ? found.map(movesOf)
    : Array.from({ length: connections }, (_, lane) => {
        const own = found.slice(lane * perLane, (lane + 1) * perLane).map(movesOf);
        return Array.from({ length: movesPerPlace }, (_move, turn) =>
          own.flatMap((moves) => moves[turn] ?? []),
        ).flat();
      });
  const outcome = await loadHttp({
    url: server.url,
    cookie,
    connections,
    rate,
    warmupSeconds,
    seconds,
    lanes,
  });
  assertAllOk("move", outcome);
  await database.cleanUp();
  return summarize(outcome);
}

async function measureRaw(
  { seconds, warmupSeconds }: BenchContext,
  { database, connections, call }: { database: BenchDatabase; connections: number; call: string },
): Promise<{ byPg: Summary; byPgbench: Summary | null }> {
  const { url, organizationId } = database;
  const found = await findFreePlaces(database, places, { isTaken: true });
  const target = { url, organizationId, connections };
  const statement = `SELECT ${call}($1::integer)::text`;
  const byPg = summarize(
    await loadSql({ ...target, warmupSeconds, seconds, statement, values: found.map(({ n }) => [n]) }),
  );
  const script = `\\set place random(1, ${found.length})\nSELECT ${call}(:place);`;
  const sample = await loadPgbench({ ...target, seconds, scripts: [script] });
  await database.cleanUp();
  return { byPg, byPgbench: sample && summarize(sample) };
}

/** Moves through HTTP beside the update alone, and beside all its writes in one call. */
export const move: Benchmark = {
  name: "move",
  about: "appointments.move through HTTP at 200 a second and flat out, beside the raw update",
  async run(context) {
    const database = await context.databases.open(context.sizes.at(-1) ?? 100);
    const server = await context.startServer(database);
    const rows: Row[] = [];
    const raw: Row[] = [];
    const limits = new Map<number, number>();
    for (const connections of [8, 32]) {
      context.progress(`raw moves, ${connections} at once`);
      for (const [what, call] of [
        ["update", "bench.update_one"],
        ["update, event, audit, undo, job in one call", "bench.move_one"],
      ] as const) {
        const { byPg, byPgbench } = await measureRaw(context, { database, connections, call });
        raw.push({ what: `raw ${what}, ${connections} connections, pg`, ...figures(byPg) });
        if (byPgbench)
          raw.push({ what: `raw ${what}, ${connections} connections, pgbench`, ...figures(byPgbench) });
        limits.set(connections, Math.max(byPg.perSecond, byPgbench?.perSecond ?? 0));
      }
    }
    context.progress("moves, 200 a second");
    rows.push({
      what: "HTTP, 200 a second",
      ...figures(await measureMove(context, { database, server, connections: 32, rate: 200 })),
    });
    for (const connections of [8, 32]) {
      context.progress(`moves, ${connections} at once`);
      const summary = await measureMove(context, { database, server, connections });
      const share = round((100 * summary.perSecond) / (limits.get(connections) ?? Number.NaN));
      rows.push({ what: `HTTP, ${connections} connections`, ...figures(summary), "% of raw": share });
    }
    return {
      tables: [
        {
          title: `${database.appointments.toLocaleString("en")} appointments in the table`,
          rows: [...rows, ...raw],
        },
      ],
    };
  },
};
