import { setTimeout as sleep } from "node:timers/promises";
import type { Benchmark, Row } from "../benchmark.ts";
import { residentBytes } from "../server-process.ts";
import { round } from "../statistics.ts";

const restSeconds = 10;

/** Memory of whole servers that nobody asks anything. What a socket costs is told by `fanout`. */
export const memory: Benchmark = {
  name: "memory",
  about: "resident memory at rest, all roles in one process and each alone",
  async run(context) {
    const database = await context.databases.open(context.sizes[0] ?? 100);
    const rows: Row[] = [];
    for (const roles of [...new Set([context.roles, "socket", "worker"])]) {
      context.progress(`${roles}, ${restSeconds} s at rest`);
      const server = await context.startServer(database, { roles });
      await sleep(restSeconds * 1000);
      const atRest = residentBytes(server.pid);
      const { rss, heapUsed } = await server.memory();
      rows.push({
        what: roles,
        "MB at rest": round(atRest / 1e6),
        "MB after collecting garbage": round(rss / 1e6),
        "MB of heap in use": round(heapUsed / 1e6),
      });
      await server.stop();
    }
    return { tables: [{ title: "one server process, the database aside", rows }] };
  },
};
