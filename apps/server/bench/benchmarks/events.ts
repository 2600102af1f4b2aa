import type { Benchmark, Row } from "../benchmark.ts";
import { startEventWriter } from "../event-writer.ts";
import { benchAdmin, benchPassword } from "../seed-large.ts";
import { allChanges, startSocketClients } from "../socket-clients.ts";
import { figures, summarize } from "../statistics.ts";

/** From the moment before COMMIT in one process to the socket of another. */
export const events: Benchmark = {
  name: "events",
  about: "commit in one process → socket of another, at 100 and 1 000 commits a second",
  async run(context) {
    const database = await context.databases.open(context.sizes[0] ?? 100);
    const server = await context.startServer(database);
    const cookie = await server.signIn(benchAdmin, benchPassword);
    const writer = await startEventWriter(database);
    const clients = startSocketClients();
    const rows: Row[] = [];
    try {
      const url = `${server.url.replace("http", "ws")}/api/trpc`;
      await clients.ask("connect", { url, cookie, origin: server.url, count: 1, subscription: allChanges });
      await writer.ask("write", { perSecond: 100, seconds: context.warmupSeconds });
      for (const perSecond of [100, 1_000]) {
        context.progress(`${perSecond} commits a second`);
        await clients.ask("startLog", null);
        const written = await writer.ask("write", { perSecond, seconds: context.seconds });
        await new Promise((resolve) => setTimeout(resolve, 1_000));
        const arrived = await clients.ask("takeLog", null);
        const missing = written.filter(({ entityId }) => !arrived.has(entityId)).length;
        if (missing > 0) throw new Error(`${missing} of ${written.length} events did not arrive`);
        const latencies = Float64Array.from(written, ({ entityId, at }) => (arrived.get(entityId) ?? 0) - at);
        const summary = summarize({ latencies, seconds: context.seconds });
        rows.push({
          what: `${perSecond} commits a second`,
          ...figures(summary),
          "max ms": Math.round(summary.max),
        });
      }
    } finally {
      await Promise.all([clients.stop(), writer.stop()]);
      await database.cleanUp();
    }
    return { tables: [{ title: "commit → event on the socket of another process", rows }] };
  },
};
