import type { BenchDatabase } from "../bench-databases.ts";
import type { BenchContext, Benchmark, Row } from "../benchmark.ts";
import { type FreePlace, findFreePlaces } from "../free-places.ts";
import { type HttpCall, type HttpOutcome, loadHttp } from "../http-load.ts";
import { loadPgbench } from "../pgbench.ts";
import { benchAdmin, benchPassword } from "../seed-large.ts";
import type { ServerProcess } from "../server-process.ts";
import { loadSql } from "../sql-load.ts";
import { figures, round, type Summary, summarize } from "../statistics.ts";
import { dealOut, mutation } from "../trpc-call.ts";

/** More than any run can use up. */
const placesPerSecond = 1_500;
const rawPlacesPerSecond = 7_000;

/** A creation as a screen sends it. */
export function createCall({ providerId, startsAt, serviceId, clientId }: FreePlace): HttpCall {
  return mutation("appointments.create", {
    providerId,
    startsAt: startsAt.toISOString(),
    serviceId,
    clientId,
  });
}

/** Throws unless every request succeeded: a fast refusal is not a figure. */
export function assertAllOk(what: string, { outcomes }: HttpOutcome): void {
  const refused = Object.entries(outcomes).filter(([code]) => code !== "ok");
  if (refused.length > 0) throw new Error(`${what}: ${JSON.stringify(Object.fromEntries(refused))}`);
}

/** Creations through HTTP at a concurrency, each at another free place. */
export async function measureCreate(
  context: Pick<BenchContext, "seconds" | "warmupSeconds">,
  { database, server, connections }: { database: BenchDatabase; server: ServerProcess; connections: number },
): Promise<{ summary: Summary; serverCpu: number; loadCpu: number }> {
  const { seconds, warmupSeconds } = context;
  const places = await findFreePlaces(database, Math.ceil(placesPerSecond * (seconds + warmupSeconds)));
  const cookie = await server.signIn(benchAdmin, benchPassword);
  const cpuBefore = await server.cpuSeconds();
  const outcome = await loadHttp({
    url: server.url,
    cookie,
    connections,
    warmupSeconds,
    seconds,
    lanes: dealOut(places.map(createCall), connections),
  });
  const serverCpu = (await server.cpuSeconds()) - cpuBefore;
  assertAllOk("create", outcome);
  await database.cleanUp();
  return { summary: summarize(outcome), serverCpu, loadCpu: outcome.cpuSeconds };
}

/** The same writes by one function call, looped by `pg` and by pgbench where there is one. */
export async function measureRawCreate(
  { seconds, warmupSeconds }: Pick<BenchContext, "seconds" | "warmupSeconds">,
  { database, connections }: { database: BenchDatabase; connections: number },
): Promise<{ byPg: Summary; byPgbench: Summary | null }> {
  const { url, organizationId } = database;
  const target = { url, organizationId, connections };
  // Never more than there are: a provider has some sixty free places, and a small database few providers.
  await findFreePlaces(database, Math.ceil(rawPlacesPerSecond * (seconds + warmupSeconds)));
  const statement = "SELECT bench.create_one()::text";
  const byPg = summarize(await loadSql({ ...target, warmupSeconds, seconds, statement, values: [[]] }));
  await database.cleanUp();
  await findFreePlaces(database, Math.ceil(rawPlacesPerSecond * seconds));
  const sample = await loadPgbench({ ...target, seconds, scripts: ["SELECT bench.create_one();"] });
  await database.cleanUp();
  return { byPg, byPgbench: sample && summarize(sample) };
}

/** Creations through HTTP beside the same writes in one call. */
export const create: Benchmark = {
  name: "create",
  about: "appointments.create through HTTP beside the same writes in one function call",
  async run(context) {
    const database = await context.databases.open(context.sizes.at(-1) ?? 100);
    const server = await context.startServer(database);
    const rows: Row[] = [];
    for (const connections of [8, 32]) {
      context.progress(`create, ${connections} at once`);
      const { byPg, byPgbench } = await measureRawCreate(context, { database, connections });
      const { summary, serverCpu } = await measureCreate(context, { database, server, connections });
      const best = Math.max(byPg.perSecond, byPgbench?.perSecond ?? 0);
      rows.push(
        {
          what: `HTTP, ${connections} connections`,
          ...figures(summary),
          "% of raw": round((100 * summary.perSecond) / best),
        },
        { what: `raw, ${connections} connections, pg`, ...figures(byPg) },
      );
      if (byPgbench) rows.push({ what: `raw, ${connections} connections, pgbench`, ...figures(byPgbench) });
      context.progress(`server processor: ${round((1000 * serverCpu) / summary.count)} ms a request or less`);
    }
    return {
      tables: [{ title: `${database.appointments.toLocaleString("en")} appointments in the table`, rows }],
    };
  },
};
