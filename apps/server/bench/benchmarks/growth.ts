import type { BenchContext, Benchmark, Row } from "../benchmark.ts";
import { round, type Summary } from "../statistics.ts";
import { measureBusy } from "./busy.ts";
import { measureCreate } from "./create.ts";
import { measureList } from "./list.ts";
import { measureMove } from "./move.ts";

type Measured = Map<string, Summary>;

async function hotPaths(
  context: BenchContext,
  sites: number,
): Promise<{ appointments: number; measured: Measured }> {
  const database = await context.databases.open(sites);
  const server = await context.startServer(database);
  context.progress(`hot paths at ${database.appointments.toLocaleString("en")} rows`);
  const at = { database, server };
  const measured: Measured = new Map();
  for (const providers of [1, 6]) {
    const { byPg } = await measureBusy(context, { database, providers, connections: 8, form: "function" });
    measured.set(`busy time of ${providers}, in the database`, byPg);
  }
  measured.set("appointments.list, HTTP", await measureList(context, { ...at, connections: 4 }));
  measured.set(
    "appointments.create, HTTP",
    (await measureCreate(context, { ...at, connections: 8 })).summary,
  );
  measured.set("appointments.move, HTTP", await measureMove(context, { ...at, connections: 8 }));
  await server.stop();
  return { appointments: database.appointments, measured };
}

/** The same paths on a table seven times as large. */
export const growth: Benchmark = {
  name: "growth",
  about: "hot paths at the smallest and the largest size (--sites 286,2000: 1 and 7 million)",
  async run(context) {
    const largest = context.sizes.at(-1) ?? 100;
    const smallest = context.sizes.length > 1 ? (context.sizes[0] ?? 1) : Math.ceil(largest / 7);
    const before = await hotPaths(context, smallest);
    const after = await hotPaths(context, largest);
    const rows: Row[] = [...before.measured].map(([what, small]) => {
      const large = after.measured.get(what) ?? small;
      const change = (from: number, to: number) =>
        `${to >= from ? "+" : ""}${Math.round((100 * (to - from)) / from)} %`;
      return {
        what,
        "p50 ms, small": round(small.p50),
        "p50 ms, large": round(large.p50),
        "p50 change": change(small.p50, large.p50),
        "p95 ms, small": round(small.p95),
        "p95 ms, large": round(large.p95),
        "p95 change": change(small.p95, large.p95),
      };
    });
    const title = `${round(before.appointments / 1e6)} M rows against ${round(after.appointments / 1e6)} M`;
    return { tables: [{ title, rows }] };
  },
};
