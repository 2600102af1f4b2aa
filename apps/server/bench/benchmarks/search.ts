import type { BenchDatabase } from "../bench-databases.ts";
import type { BenchContext, Benchmark, Row } from "../benchmark.ts";
import { type HttpCall, loadHttp } from "../http-load.ts";
import type { ServerProcess } from "../server-process.ts";
import { figures, summarize } from "../statistics.ts";
import { dealOut, query } from "../trpc-call.ts";
import { warmSites } from "../warm-sites.ts";
import { assertAllOk } from "./create.ts";

const places = 240;

/** Twenty sites with their first free times around each of some places all over the country. */
function searchCalls(radiusKm: number): HttpCall[] {
  return Array.from({ length: places }, (_, index) =>
    query("booking.search", {
      organizationSlug: "bench",
      serviceSlug: "standard",
      lat: 43 + ((index * 37) % 71) / 10,
      lon: -0.5 + ((index * 53) % 73) / 10,
      radiusKm,
      limit: 20,
    }),
  );
}

async function measure(
  { seconds, warmupSeconds }: BenchContext,
  {
    what,
    server,
    radiusKm,
    connections,
    isFirst = false,
  }: { what: string; server: ServerProcess; radiusKm: number; connections: number; isFirst?: boolean },
): Promise<Row> {
  const lanes = dealOut(searchCalls(radiusKm), connections);
  const length = isFirst ? { warmupSeconds: 0 } : { warmupSeconds, seconds, isRepeated: true };
  const outcome = await loadHttp({ url: server.url, connections, lanes, ...length });
  assertAllOk("booking.search", outcome);
  return { what, connections, ...figures(summarize(outcome)) };
}

async function measureAll(context: BenchContext, database: BenchDatabase): Promise<Row[]> {
  const server = await context.startServer(database);
  await warmSites(database, server);
  const rows: Row[] = [];
  for (const [what, radiusKm, connections, isFirst] of [
    ["57 km (some 50 sites), each place for the first time", 57, 1, true],
    ["57 km (some 50 sites)", 57, 1, false],
    ["57 km (some 50 sites)", 57, 2, false],
    ["100 km", 100, 2, false],
    ["the whole network", 500, 2, false],
  ] as const) {
    context.progress(what);
    rows.push(await measure(context, { what, server, radiusKm, connections, isFirst }));
  }
  return rows;
}

/** First free times at many sites at once. */
export const search: Benchmark = {
  name: "search",
  about: "booking.search: the first free times of some 50 sites, and of the whole network",
  async run(context) {
    const database = await context.databases.open(context.sizes.at(-1) ?? 100);
    const rows = await measureAll(context, database);
    const title = `${database.sites} sites, ${database.appointments.toLocaleString("en")} appointments in the table`;
    return { tables: [{ title, rows }] };
  },
};
