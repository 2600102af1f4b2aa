import { startBareBroadcast } from "../bare-broadcast.ts";
import type { BenchDatabase } from "../bench-databases.ts";
import type { BenchContext, Benchmark, Row } from "../benchmark.ts";
import { clock } from "../clock.ts";
import { type EventWriter, startEventWriter } from "../event-writer.ts";
import { findFreePlaces } from "../free-places.ts";
import { benchAdmin, benchPassword } from "../seed-large.ts";
import { allChanges, type SocketClients, startSocketClients } from "../socket-clients.ts";
import { median, quantile, round } from "../statistics.ts";

const rounds = 7;

interface FanOut {
  first: number;
  half: number;
  last: number;
}

async function repeat(
  clients: SocketClients,
  send: () => Promise<{ text: string; at: number }>,
  text: () => string,
): Promise<FanOut> {
  const found: FanOut[] = [];
  for (let round = 0; round < rounds; round++) {
    const arrivals = clients.ask("arrivals", { text: text() });
    arrivals.catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 150));
    const { at } = await send();
    const times = (await arrivals).map((time) => time - at);
    found.push({ first: quantile(times, 0), half: quantile(times, 0.5), last: quantile(times, 1) });
  }
  // The first rounds warm the code up.
  const warm = found.slice(2);
  return {
    first: median(warm.map(({ first }) => first)),
    half: median(warm.map(({ half }) => half)),
    last: median(warm.map(({ last }) => last)),
  };
}

function row(what: string, { first, half, last }: FanOut, bytesPerSocket: number): Row {
  return {
    what,
    "first ms": round(first),
    "half ms": round(half),
    "last ms": round(last),
    "kB a socket": round(bytesPerSocket / 1000),
  };
}

async function bare(sockets: number): Promise<Row> {
  const server = startBareBroadcast();
  const clients = startSocketClients();
  try {
    const url = await server.ask("listen", null);
    const before = await server.ask("memory", null);
    await clients.ask("connect", { url, count: sockets });
    const after = await server.ask("memory", null);
    const message = "x".repeat(500);
    const found = await repeat(
      clients,
      async () => ({ text: message, at: await server.ask("broadcast", { text: message }) }),
      () => message,
    );
    return row(`bare ws, ${sockets} sockets`, found, (after.rss - before.rss) / sockets);
  } finally {
    await Promise.all([clients.stop(), server.stop()]);
  }
}

/** Sockets that subscribe to one organization's changes, on one server; another process commits one change at a time. */
async function subscribed(
  context: BenchContext,
  { database, writer, sockets }: { database: BenchDatabase; writer: EventWriter; sockets: number },
): Promise<Row> {
  const server = await context.startServer(database);
  const clients = startSocketClients();
  try {
    const cookie = await server.signIn(benchAdmin, benchPassword);
    const url = `${server.url.replace("http", "ws")}/api/trpc`;
    const connect = (count: number) =>
      clients.ask("connect", { url, cookie, origin: server.url, count, subscription: allChanges });
    // What the first few load once is not a socket's.
    await connect(20);
    const before = await server.memory();
    await connect(sockets - 20);
    const after = await server.memory();
    const found = await repeat(
      clients,
      async () => ({ text: "", at: (await writer.ask("writeOne", null)).at }),
      () => '"type":"appointment.moved"',
    );
    const line = row(`subscriptions, ${sockets} sockets`, found, (after.rss - before.rss) / (sockets - 20));
    return { ...line, "kB heap": round((after.heapUsed - before.heapUsed) / (sockets - 20) / 1000) };
  } finally {
    await clients.stop();
    await server.stop();
  }
}

/** A call of a visitor, whose answer must not be a refusal. */
async function visit(url: string, procedure: string, input: object): Promise<Record<string, string>> {
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${url}/api/trpc/booking.${procedure}`, {
    method: "POST",
    headers,
    body: JSON.stringify(input),
  });
  if (!response.ok) throw new Error(`${procedure}: ${await response.text()}`);
  return ((await response.json()) as { result: { data: Record<string, string> } }).result.data;
}

/** Visitors who look at the four weeks of one provider, while one more takes a start and gives it back. */
async function visitors(
  context: BenchContext,
  { database, sockets }: { database: BenchDatabase; sockets: number },
): Promise<Row> {
  const server = await context.startServer(database);
  const clients = startSocketClients();
  try {
    const [place] = await findFreePlaces(database, 60);
    if (!place) throw new Error("the bench database has no free place");
    const [site] = await database.query<{ slug: string }>("SELECT slug FROM site WHERE id = $1", [
      place.siteId,
    ]);
    const { providerId } = place;
    const target = { username: "bench", serviceSlug: "standard", siteSlug: site?.slug, providerId };
    const dateAfter = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
    const input = { ...target, from: dateAfter(1), to: dateAfter(28), timezone: "Europe/Paris" };
    const url = `${server.url.replace("http", "ws")}/api/trpc`;
    const connect = (count: number) =>
      clients.ask("connect", {
        url,
        origin: server.url,
        count,
        subscription: { path: "booking.onSlots", input },
      });
    await connect(20);
    const before = await server.memory();
    await connect(sockets - 20);
    const after = await server.memory();
    let holdToken: string | undefined;
    const take = async () => {
      if (holdToken) await visit(server.url, "releaseHold", { holdToken });
      await new Promise((resolve) => setTimeout(resolve, 500));
      const at = clock();
      ({ holdToken } = await visit(server.url, "hold", {
        ...target,
        startsAt: place.startsAt.toISOString(),
      }));
      return { text: "", at };
    };
    const found = await repeat(clients, take, () => '"removed":["');
    return row(`visitors of one page, ${sockets} sockets`, found, (after.rss - before.rss) / (sockets - 20));
  } finally {
    await clients.stop();
    await server.stop();
  }
}

/** One change to many sockets, beside a bare broadcast of the same length. */
export const fanout: Benchmark = {
  name: "fanout",
  about: "one change to 1 000 (--sockets 1000,10000) subscriptions: time to the last, memory a socket",
  async run(context) {
    const database = await context.databases.open(context.sizes[0] ?? 100);
    const writer = await startEventWriter(database);
    const rows: Row[] = [];
    try {
      for (const sockets of context.sockets) {
        context.progress(`${sockets} sockets`);
        rows.push(await bare(sockets));
        rows.push(await subscribed(context, { database, writer, sockets }));
        rows.push(await visitors(context, { database, sockets }));
      }
    } finally {
      await writer.stop();
      await database.cleanUp();
    }
    return {
      tables: [
        {
          title: "one commit to all sockets of one server, median of 5; the clients share the machine",
          rows,
        },
      ],
      notes: [
        "Visitors count from before the call that holds a start; 60 ms of it wait for what else changes.",
        "Subscriptions count from before COMMIT: the commit, the doorbell and the reading of the log are in their figures.",
      ],
    };
  },
};
