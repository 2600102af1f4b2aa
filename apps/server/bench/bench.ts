import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { openBenchDatabases } from "./bench-databases.ts";
import type { BenchContext, Benchmark } from "./benchmark.ts";
import { booking } from "./benchmarks/booking.ts";
import { bundle } from "./benchmarks/bundle.ts";
import { busy } from "./benchmarks/busy.ts";
import { calendar } from "./benchmarks/calendar.ts";
import { contention } from "./benchmarks/contention.ts";
import { create } from "./benchmarks/create.ts";
import { events } from "./benchmarks/events.ts";
import { fanout } from "./benchmarks/fanout.ts";
import { growth } from "./benchmarks/growth.ts";
import { list } from "./benchmarks/list.ts";
import { memory } from "./benchmarks/memory.ts";
import { move } from "./benchmarks/move.ts";
import { reactions } from "./benchmarks/reactions.ts";
import { search } from "./benchmarks/search.ts";
import { slots } from "./benchmarks/slots.ts";
import { start } from "./benchmarks/start.ts";
import { lookAtMachine } from "./machine.ts";
import { printResult, saveResult } from "./report.ts";
import { type ServerProcess, startServerProcess } from "./server-process.ts";

const benchmarks: Benchmark[] = [
  slots,
  create,
  move,
  contention,
  list,
  busy,
  events,
  reactions,
  fanout,
  memory,
  start,
  booking,
  search,
  growth,
  calendar,
  bundle,
];
const root = fileURLToPath(new URL("../../../", import.meta.url));

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sites: { type: "string", default: "100" },
    seconds: { type: "string", default: "8" },
    sockets: { type: "string", default: "1000" },
    roles: { type: "string", default: "web,socket,worker" },
    profile: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

function numbers(text: string): number[] {
  return text
    .split(",")
    .map(Number)
    .filter((value) => value > 0)
    .sort((a, b) => a - b);
}

function printHelp(): void {
  console.log(
    "npm run bench -- [name…] [--sites 100,2000] [--seconds 8] [--sockets 1000,10000] [--profile]\n",
  );
  for (const { name, about } of benchmarks) console.log(`  ${name.padEnd(12)}${about}`);
  console.log(
    "\n2000 sites are 7 million appointments (8 GB, ten minutes to build, kept in BENCH_DATA_DIR or .data/bench).",
  );
}

function chosen(): Benchmark[] {
  const unknown = positionals.filter((wanted) => !benchmarks.some(({ name }) => name === wanted));
  if (unknown.length > 0) throw new Error(`no such benchmark: ${unknown.join(", ")}`);
  return positionals.length === 0 ? benchmarks : benchmarks.filter(({ name }) => positionals.includes(name));
}

async function runAll(): Promise<void> {
  const wanted = chosen();
  const look = await lookAtMachine();
  const dataDir = resolve(process.env.BENCH_DATA_DIR ?? join(root, ".data/bench"));
  mkdirSync(dataDir, { recursive: true });
  const progress = (text: string) => console.log(`  · ${text}`);
  const databases = await openBenchDatabases({ dataDir, progress });
  const machine = { ...look, postgres: databases.version };
  console.log(
    `${machine.cores} cores (${machine.cpu}), ${machine.memoryGib} GiB, Node ${machine.node}, PostgreSQL ${machine.postgres}, ` +
      `load before ${machine.loadBefore}, ${machine.busyPercentBefore} % busy, commit ${machine.commit}`,
  );
  if (machine.isBusy)
    console.warn("! The machine is busy with something else: only ratios mean anything, and little.");
  const settings = {
    sites: numbers(values.sites),
    seconds: Number(values.seconds),
    sockets: numbers(values.sockets),
  };
  let isFailed = false;
  try {
    for (const benchmark of wanted) {
      const servers: ServerProcess[] = [];
      const context: BenchContext = {
        databases,
        sizes: settings.sites,
        seconds: settings.seconds,
        warmupSeconds: Math.min(3, settings.seconds / 3),
        sockets: settings.sockets,
        progress,
        roles: values.roles,
        async startServer(database, options) {
          const profileFolder = values.profile ? join(root, "bench-results/profiles") : undefined;
          const server = await startServerProcess(database, { ...options, profileFolder });
          servers.push(server);
          return server;
        },
      };
      try {
        const result = await benchmark.run(context);
        printResult(benchmark.name, result);
        saveResult(join(root, "bench-results"), { name: benchmark.name, result, machine, settings });
      } catch (error) {
        isFailed = true;
        console.error(`${benchmark.name} failed: ${error instanceof Error ? error.stack : error}`);
      } finally {
        await Promise.all(servers.map((server) => server.stop()));
      }
    }
  } finally {
    await databases.stop();
  }
  process.exitCode = isFailed ? 1 : 0;
}

if (values.help) printHelp();
else await runAll();
