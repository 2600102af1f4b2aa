import { Agent, request } from "node:http";

/** A running server with public pages, and where to book on it. */
export interface BookingBench {
  /** Its address; rate limits off, for one address stands for a town here. */
  url: string;
  /** Of an organization: its public name, a site and a service there. */
  username: string;
  siteSlug: string;
  serviceSlug: string;
  connections: number;
  seconds: number;
}

/** Figures of one run: how many a second, and milliseconds. */
export interface BookingFigures {
  perSecond: number;
  p50: number;
  p95: number;
  outcomes: Record<string, number>;
}

interface Answer {
  status: number;
  data: { [key: string]: unknown };
}

function call(
  agent: Agent,
  { url, method, path, body }: { url: string; method: "GET" | "POST"; path: string; body?: unknown },
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = body === undefined ? undefined : JSON.stringify(body);
    const outgoing = request(
      `${url}/api/trpc/${path}`,
      {
        agent,
        method,
        headers: {
          origin: url,
          ...(sent && { "content-type": "application/json", "content-length": Buffer.byteLength(sent) }),
        },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () => {
          const parsed = JSON.parse(Buffer.concat(chunks).toString()) as {
            result?: { data: Answer["data"] };
            error?: { data: Answer["data"] };
          };
          resolve({
            status: response.statusCode ?? 0,
            data: parsed.result?.data ?? parsed.error?.data ?? {},
          });
        });
      },
    );
    outgoing.on("error", reject);
    outgoing.end(sent);
  });
}

async function repeat(
  bench: BookingBench,
  work: (agent: Agent) => Promise<string | null>,
): Promise<BookingFigures> {
  const agent = new Agent({ keepAlive: true, maxSockets: bench.connections });
  const latencies: number[] = [];
  const outcomes: Record<string, number> = {};
  const startedAt = performance.now();
  const endAt = startedAt + bench.seconds * 1000;
  await Promise.all(
    Array.from({ length: bench.connections }, async () => {
      while (performance.now() < endAt) {
        const at = performance.now();
        const outcome = await work(agent);
        if (outcome === null) return;
        outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
        latencies.push(performance.now() - at);
      }
    }),
  );
  agent.destroy();
  latencies.sort((a, b) => a - b);
  const quantile = (share: number) =>
    Math.round((latencies[Math.floor(latencies.length * share)] ?? 0) * 100) / 100;
  return {
    perSecond: Math.round(latencies.length / ((performance.now() - startedAt) / 1000)),
    p50: quantile(0.5),
    p95: quantile(0.95),
    outcomes,
  };
}

/** Four weeks of slots of a whole site, from memory after the first; then holds, each confirmed, until nothing is free. */
export async function benchBooking(
  bench: BookingBench,
): Promise<{ slots: BookingFigures; holdAndConfirm: BookingFigures }> {
  const { url, username, siteSlug, serviceSlug } = bench;
  const date = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  const target = { username, siteSlug, serviceSlug };
  const slotsPath = (from: number, to: number, extra = {}) =>
    `booking.slots?input=${encodeURIComponent(JSON.stringify({ ...target, ...extra, from: date(from), to: date(to) }))}`;
  const slots = await repeat(bench, async (agent) =>
    String((await call(agent, { url, method: "GET", path: slotsPath(1, 28) })).status),
  );
  const agent = new Agent({ keepAlive: true });
  const page = await call(agent, {
    url,
    method: "GET",
    path: `booking.page?input=${encodeURIComponent(JSON.stringify({ username, siteSlug }))}`,
  });
  const places: { providerId: string; startsAt: string }[] = [];
  for (const { id, serviceSlugs } of page.data.providers as { id: string; serviceSlugs: string[] }[]) {
    if (!serviceSlugs.includes(serviceSlug)) continue;
    const open = await call(agent, { url, method: "GET", path: slotsPath(1, 59, { providerId: id }) });
    // Every third quarter of an hour: none stands in another's way.
    let last = 0;
    for (const day of open.data.days as { slots: { startsAt: string; endsAt: string }[] }[]) {
      for (const { startsAt, endsAt } of day.slots) {
        if (Date.parse(startsAt) < last) continue;
        last = Date.parse(endsAt);
        places.push({ providerId: id, startsAt });
      }
    }
  }
  agent.destroy();
  let next = 0;
  const holdAndConfirm = await repeat(bench, async (connections) => {
    const place = places[next];
    next += 1;
    if (!place) return null;
    const hold = await call(connections, {
      url,
      method: "POST",
      path: "booking.hold",
      body: { ...target, ...place },
    });
    if (hold.status !== 200) return String(hold.data.code);
    const client = { name: `Client ${next}`, email: `client-${next}@load.example` };
    const confirmed = await call(connections, {
      url,
      method: "POST",
      path: "booking.confirm",
      body: { holdToken: hold.data.holdToken, client },
    });
    return confirmed.status === 200 ? "ok" : String(confirmed.data.code);
  });
  return { slots, holdAndConfirm };
}
