import type { Database } from "@creneau/db/database";
import type { EventLog } from "@creneau/db/events/event-log";
import { readConsumerStates } from "@creneau/db/events/parked-events";
import { countJobs } from "@creneau/db/jobs/dead-letters";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

export type Metrics = ReturnType<typeof createMetrics>;

/** Whoever scrapes does not wait behind everybody else for the figures of the database: the others are worth having. */
const patienceMs = 1_000;

async function soon<T>(answer: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, patienceMs, null);
  });
  const result = await Promise.race([answer.catch(() => null), limit]);
  clearTimeout(timer);
  return result;
}

/** What `/metrics` tells. Labels come from closed sets (routes, procedure names, codes): never an id or a person. */
export function createMetrics({ database, events }: { database: Database; events: EventLog }) {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  new Gauge({
    name: "creneau_event_lag_seconds",
    help: "Seconds between the commit of the newest event delivered and its delivery",
    registers,
    collect() {
      this.set(events.lagSeconds);
    },
  });
  new Gauge({
    name: "creneau_database_connections",
    help: "Connections of this process's pool",
    labelNames: ["state"],
    registers,
    collect() {
      const { totalCount, idleCount, waitingCount } = database.pool;
      this.set({ state: "busy" }, totalCount - idleCount);
      this.set({ state: "idle" }, idleCount);
      this.set({ state: "waited_for" }, waitingCount);
    },
  });
  new Gauge({
    name: "creneau_database_up",
    help: "1 while the database answers, 0 while it is known to be away",
    registers,
    collect() {
      this.set(database.watch.away ? 0 : 1);
    },
  });
  new Gauge({
    name: "creneau_jobs",
    help: "Jobs of the shared queue: waiting, waiting for over a minute past their time, dead",
    labelNames: ["state"],
    registers,
    async collect() {
      const counts = await soon(countJobs(database));
      this.reset();
      if (counts) for (const [state, count] of Object.entries(counts)) this.set({ state }, count);
    },
  });
  // As above: without the database there are no figures of consumers, and the others stand.
  const consumerStates = async () => (await soon(readConsumerStates(database))) ?? [];
  new Gauge({
    name: "creneau_consumer_lag_seconds",
    help: "Age of the oldest event that a reaction to the log has not reached; 0 when it has reached all",
    labelNames: ["consumer"],
    registers,
    async collect() {
      const states = await consumerStates();
      this.reset();
      for (const { name: consumer, lagSeconds } of states) this.set({ consumer }, lagSeconds);
    },
  });
  new Gauge({
    name: "creneau_parked_events",
    help: "Events that a reaction could not handle: tried again by itself, or parked until somebody asks for it",
    labelNames: ["consumer", "state"],
    registers,
    async collect() {
      const states = await consumerStates();
      this.reset();
      for (const { name: consumer, retrying, parked } of states) {
        this.set({ consumer, state: "retrying" }, retrying);
        this.set({ consumer, state: "parked" }, parked);
      }
    },
  });
  return {
    registry,
    httpDuration: new Histogram({
      name: "creneau_http_request_duration_seconds",
      help: "Time to answer HTTP requests",
      labelNames: ["route", "procedure", "status"],
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
      registers,
    }),
    socketsOpen: new Gauge({ name: "creneau_sockets_open", help: "WebSockets open", registers }),
    socketsClosed: new Counter({
      name: "creneau_sockets_closed_total",
      help: "WebSockets that the server closed, by reason",
      labelNames: ["reason"],
      registers,
    }),
    unavailable: new Counter({
      name: "creneau_unavailable_total",
      help: "Requests that the database could not serve, by reason; no errors of ours",
      labelNames: ["reason"],
      registers,
    }),
    errors: new Counter({
      name: "creneau_errors_total",
      help: "Unforeseen errors, each logged with its request id",
      labelNames: ["source"],
      registers,
    }),
  };
}
