import { Pool } from "undici";
import { doTasks, startHelper } from "./helper.ts";
import type { Sample } from "./statistics.ts";

/** One request, ready to send. */
export interface HttpCall {
  method: "GET" | "POST";
  path: string;
  /** `{{kept}}` in it stands for what the lane last kept. */
  body?: string;
  /** A field of the answer's data that the lane keeps for its next request. */
  keep?: string;
  /** The visitor's address, as a proxy would tell it. */
  from?: string;
}

/** What the load generator does. */
export interface HttpPlan {
  url: string;
  cookie?: string;
  /** Connections kept alive; without a `rate`, each sends its next request when the last is answered. */
  connections: number;
  /** Requests a second, sent on time whatever the answers; latency then counts from the time a request was due. */
  rate?: number;
  warmupSeconds: number;
  /** The measured time; a run without it ends when every lane is through. */
  seconds?: number;
  /** Requests of one lane are sent one after the other, because each needs what the one before has done. */
  lanes: HttpCall[][];
  /** Start a lane again when it is through (reads). */
  isRepeated?: boolean;
}

export interface HttpOutcome extends Sample {
  /** How many measured requests ended how: `ok`, or the code of the refusal. */
  outcomes: Record<string, number>;
  /** Processor seconds of the generator, warm-up included. */
  cpuSeconds: number;
  /** Whether requests ran out before the time did. */
  isExhausted: boolean;
}

type LoadTasks = { run(plan: HttpPlan): Promise<HttpOutcome> };

/** Runs a plan in a process of its own. */
export async function loadHttp(plan: HttpPlan): Promise<HttpOutcome> {
  const helper = startHelper<LoadTasks>(import.meta.url);
  try {
    return await helper.ask("run", plan);
  } finally {
    await helper.stop();
  }
}

class Lane {
  readonly #calls: HttpCall[];
  readonly #isRepeated: boolean;
  #next = 0;
  isBusy = false;
  kept = "";

  constructor(calls: HttpCall[], isRepeated: boolean) {
    this.#calls = calls;
    this.#isRepeated = isRepeated;
  }

  take(): HttpCall | undefined {
    if (this.#next >= this.#calls.length && this.#isRepeated) this.#next = 0;
    const call = this.#calls[this.#next];
    this.#next += 1;
    return call;
  }
}

class Run {
  readonly #plan: HttpPlan;
  readonly #pool: Pool;
  readonly #latencies: number[] = [];
  readonly #outcomes: Record<string, number> = {};
  readonly #startedAt = performance.now();
  readonly #measureFrom: number;
  readonly #endAt: number;
  #lastAt = 0;

  constructor(plan: HttpPlan) {
    this.#plan = plan;
    this.#pool = new Pool(plan.url, { connections: plan.connections, pipelining: 1 });
    this.#measureFrom = this.#startedAt + plan.warmupSeconds * 1000;
    this.#endAt =
      plan.seconds === undefined ? Number.POSITIVE_INFINITY : this.#measureFrom + plan.seconds * 1000;
  }

  async go(): Promise<HttpOutcome> {
    const { rate, lanes, isRepeated = false } = this.#plan;
    const own = lanes.map((calls) => new Lane(calls, isRepeated));
    if (rate) await this.#onTime(own, rate);
    else await Promise.all(own.map((lane) => this.#inTurn(lane)));
    const end = Math.min(this.#endAt, this.#lastAt);
    const { user, system } = process.cpuUsage();
    await this.#pool.close();
    return {
      latencies: Float64Array.from(this.#latencies),
      seconds: (end - this.#measureFrom) / 1000,
      outcomes: this.#outcomes,
      cpuSeconds: (user + system) / 1e6,
      isExhausted: this.#plan.seconds !== undefined && this.#lastAt < this.#endAt - 50,
    };
  }

  async #inTurn(lane: Lane): Promise<void> {
    while (performance.now() < this.#endAt) {
      const call = lane.take();
      if (!call) return;
      await this.#send(lane, call, performance.now());
    }
  }

  async #onTime(lanes: Lane[], rate: number): Promise<void> {
    const running = new Set<Promise<void>>();
    let sent = 0;
    let turn = 0;
    for (;;) {
      const now = performance.now();
      if (now >= this.#endAt) break;
      while (this.#startedAt + (sent * 1000) / rate <= now) {
        const dueAt = this.#startedAt + (sent * 1000) / rate;
        sent += 1;
        // The next lane whose last request is answered.
        let lane: Lane | undefined;
        for (let tried = 0; tried < lanes.length && !lane; tried++) {
          const candidate = lanes[turn % lanes.length];
          turn += 1;
          if (candidate && !candidate.isBusy) lane = candidate;
        }
        const call = lane?.take();
        if (!lane || !call) throw new Error("More requests are due than the lanes can send");
        lane.isBusy = true;
        const chosen = lane;
        const done = this.#send(chosen, call, dueAt).finally(() => {
          chosen.isBusy = false;
          running.delete(done);
        });
        running.add(done);
      }
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    await Promise.all(running);
  }

  async #send(lane: Lane, { method, path, body, keep, from }: HttpCall, dueAt: number): Promise<void> {
    const { cookie, url } = this.#plan;
    const response = await this.#pool.request({
      method,
      path,
      body: lane.kept ? body?.replace("{{kept}}", lane.kept) : body,
      headers: {
        origin: url,
        ...(cookie && { cookie }),
        ...(from && { "x-forwarded-for": from }),
        ...(body !== undefined && { "content-type": "application/json" }),
      },
    });
    const bytes = await response.body.arrayBuffer();
    const now = performance.now();
    this.#lastAt = now;
    if (keep) lane.kept = keptField(bytes, keep);
    if (now < this.#measureFrom || now > this.#endAt) return;
    this.#latencies.push(now - dueAt);
    const code = response.statusCode === 200 ? "ok" : refusalCode(response.statusCode, bytes);
    this.#outcomes[code] = (this.#outcomes[code] ?? 0) + 1;
  }
}

function keptField(bytes: ArrayBuffer, name: string): string {
  const { result } = JSON.parse(Buffer.from(bytes).toString("utf8")) as {
    result?: { data: Record<string, unknown> };
  };
  return String(result?.data[name] ?? "");
}

function refusalCode(status: number, bytes: ArrayBuffer): string {
  try {
    const { error } = JSON.parse(Buffer.from(bytes).toString("utf8")) as {
      error: { data?: { code: string }; code?: string };
    };
    return error.data?.code ?? error.code ?? String(status);
  } catch {
    return String(status);
  }
}

if (import.meta.main && process.send) {
  const tasks: LoadTasks = { run: (plan) => new Run(plan).go() };
  doTasks(tasks);
}
