import type { BenchDatabase, BenchDatabases } from "./bench-databases.ts";
import type { ServerProcess, ServerProcessOptions } from "./server-process.ts";

/** One line of a table: what was measured, then figures and texts by column. */
export type Row = Record<string, number | string>;

interface BenchTable {
  title: string;
  rows: Row[];
}

/** What a benchmark found. `notes` hold what a reader needs to judge the figures. */
export interface BenchResult {
  tables: BenchTable[];
  notes?: string[];
}

/** What every benchmark is given. */
export interface BenchContext {
  databases: BenchDatabases;
  /** Sizes asked for, in sites; those that need one size take the largest. */
  sizes: number[];
  /** Length of one measured run and of the warm-up before it. */
  seconds: number;
  warmupSeconds: number;
  /** Sockets of the fan-out runs. */
  sockets: number[];
  /** Starts a server in a process of its own; it is stopped with the benchmark at the latest. */
  startServer(database: BenchDatabase, options?: Pick<ServerProcessOptions, "roles">): Promise<ServerProcess>;
  /** Roles of whole servers (`start`, `memory`). */
  roles: string;
  /** Says on the terminal what is being done. */
  progress(text: string): void;
}

/** Each benchmark is a file that exports one. */
export interface Benchmark {
  name: string;
  /** One line for `--help`. */
  about: string;
  run(context: BenchContext): Promise<BenchResult>;
}
