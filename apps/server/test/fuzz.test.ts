import { testContext } from "@creneau/api/context.fixture";
import { appRouter } from "@creneau/api/root";
import { createCallerFactory, publicProcedure, router } from "@creneau/api/trpc";
import { createProvider } from "@creneau/db/testing/factories";
import { Pool as PgPool } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { seededRandom } from "../../../prisma/seed/seeded-random.ts";
import type { Visitor } from "../attack/browser.ts";
import {
  edgesAt,
  isTriedEverywhere,
  oddValuesFor,
  type Path,
  placesIn,
  withValue,
} from "../attack/fuzz-values.ts";
import { samplesOf } from "../attack/sample-input.ts";
import { furnishOffice, type Office } from "./furnished-office.ts";
import { startTestServer, type TestServer } from "./test-server.ts";

/*
 * The same requests for everybody, every time. Another seed looks elsewhere, and more can be asked for:
 * `FUZZ_SEED=7 FUZZ_SHARE=1 FUZZ_CALLS=50000 npx vitest run --project product apps/server/test/fuzz.test.ts`.
 */
const seed = process.env.FUZZ_SEED ?? "creneau";
/** Requests with several faults. */
const randomCalls = Number(process.env.FUZZ_CALLS ?? 3_000);
/** Of the odd values that are not certain to be tried in every place, how many are. */
const share = Number(process.env.FUZZ_SHARE ?? 0.3);

interface Procedure {
  name: string;
  type: "query" | "mutation" | "subscription";
  schema: z.ZodType | undefined;
}

/** One request to one procedure. */
interface Call {
  procedure: Procedure;
  input: unknown;
}

const procedures: Procedure[] = Object.entries(
  appRouter._def.procedures as unknown as Record<
    string,
    { _def: { type: Procedure["type"]; inputs: z.ZodType[] } }
  >,
).map(([name, { _def }]) => ({ name, type: _def.type, schema: _def.inputs[0] }));

/** What closes doors that others need comes late, what ends a session is called by nobody who is needed afterwards. */
const order = [
  /^booking\.|^waitlist\./,
  /^appointments\.|^attendees\.|^notes\./,
  /./,
  /\.set|\.add/,
  /archive|merge|cancel/i,
];
const last = /remove|revoke|leave|signOut|switchOrganization|changePassword|changeRole/;
const rankOf = ({ name }: Procedure) =>
  last.test(name) ? order.length : order.findLastIndex((pattern, index) => index !== 2 && pattern.test(name));
const callable = procedures
  .filter(({ type }) => type !== "subscription")
  .map((procedure) => ({ ...procedure, rank: rankOf(procedure) < 0 ? 2 : rankOf(procedure) }))
  .toSorted((one, other) => one.rank - other.rank);

let server: TestServer;
let office: Office;
let admin: PgPool;
const people = new Map<string, Visitor>();

beforeAll(async () => {
  server = await startTestServer();
  office = await furnishOffice(server);
  admin = new PgPool({ connectionString: server.adminUrl });
  people.set("owner", office.owner);
  for (const role of ["admin", "manager", "provider", "operator", "viewer"] as const) {
    const member = await server.signInMember(office.organization, { role });
    people.set(role, member);
    if (role === "provider")
      await createProvider(server.database, office.organization, {
        siteId: office.ids.siteId ?? "",
        userId: member.userId,
      });
  }
  // Of another organization, with every id of this one.
  people.set("stranger", await server.signInMember(await server.createOrganization(), { role: "owner" }));
  people.set("visitor", server.visit());
});

afterAll(async () => {
  await admin.end();
  await server.close();
});

/** Requests that the procedure's schema takes, each with other ids of the office where a field does not say which. */
function samples({ schema }: Procedure): unknown[] {
  if (!schema) return [undefined];
  const omit = ["cursor", "lastEventId"];
  const all = Object.values(office.ids).flatMap((id) => {
    const ids = { id, byField: { ...office.ids, ...office.links, id } };
    return [...samplesOf(schema, ids, omit), ...samplesOf(schema, ids, [...omit, "clientId"])];
  });
  return [...new Map(all.map((sample) => [JSON.stringify(sample), sample])).values()];
}

/** Of those, what the procedure does; failing that, what it refuses latest. */
async function workingSample(who: string, procedure: Procedure): Promise<unknown> {
  const known = samples(procedure).toSorted((a, b) => placesIn(b).length - placesIn(a).length);
  let best: { input: unknown; worth: number } = { input: known[0], worth: -1 };
  for (const input of known) {
    const call = await current({ procedure, input: fresh(procedure, input, []) });
    const [answer] = await send(people.get(who) as Visitor, [call]);
    const worth = ["invalid_input", "forbidden", "not_found"].indexOf(answer?.code ?? "");
    if (answer?.status === 200) return input;
    if ((worth < 0 ? 3 : worth) > best.worth) best = { input, worth: worth < 0 ? 3 : worth };
  }
  return best.input;
}

/** Every place of a request that works, each with odd values, one at a time; `random` chooses a share of them. */
function singleFaults(procedure: Procedure, sample: unknown, random = () => 0): Call[] {
  return placesIn(sample).flatMap(({ path, value }) => {
    const edges = procedure.schema ? edgesAt(procedure.schema, path) : [];
    const odds = oddValuesFor(value).filter((odd) => isTriedEverywhere(odd) || random() < share);
    return [...edges, ...odds].map((odd) => ({
      procedure,
      input: fresh(procedure, withValue(sample, path, odd), path),
    }));
  });
}

let count = 0;
/**
 * The request with what must be new each time (a start, a key, a name in an address), but what stands at `path`: so
 * that nothing is refused for having been sent before.
 */
function fresh({ name }: Procedure, request: unknown, path: Path): unknown {
  if (typeof request !== "object" || request === null || Array.isArray(request)) return request;
  count += 1;
  const at = Math.ceil(Date.now() / 3_600_000 + 40) * 3_600_000 + (count % 4_000) * 15 * 60_000;
  const isPlacing = /^booking\.(book|hold|reschedule)|^appointments\.(create|move)/.test(name);
  const anew: Record<string, unknown> = {
    idempotencyKey: `key ${count} ${"x".repeat(8)}`,
    slug: `slug-${count}`,
    ...(/subjects/.test(name) && { reference: `AB-${count}` }),
    ...(/providers/.test(name) && { userId: null }),
    ...(isPlacing && {
      startsAt: new Date(at).toISOString(),
      endsAt: new Date(at + 900_000).toISOString(),
    }),
  };
  const renewed = Object.entries(anew).filter(([field]) => field in request && field !== path[0]);
  return { ...request, ...Object.fromEntries(renewed) };
}

interface Answer {
  status: number;
  code: string;
}

/** Sends calls of one type in one request, as a browser does. */
async function send(visitor: Visitor, calls: readonly Call[]): Promise<Answer[]> {
  const path = `/api/trpc/${calls.map(({ procedure }) => procedure.name).join(",")}?batch=1`;
  const inputs = JSON.stringify(Object.fromEntries(calls.map(({ input }, index) => [index, input])));
  const isQuery = calls[0]?.procedure.type === "query";
  const query = `${path}&input=${encodeURIComponent(inputs)}`;
  if (isQuery && query.length > 14_000) {
    // No address is longer; whoever has that much to ask cannot.
    if (calls.length === 1) return [{ status: 414, code: "" }];
    return (await Promise.all(calls.map((call) => send(visitor, [call])))).flat();
  }
  const response = isQuery
    ? await visitor.fetch(query)
    : await visitor.fetch(path, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: inputs,
      });
  const outcomes = (await response.json()) as { error?: { data: { httpStatus: number; code: string } } }[];
  if (!Array.isArray(outcomes)) return calls.map(() => ({ status: response.status, code: "none" }));
  return outcomes.map(({ error }) => ({
    status: error?.data.httpStatus ?? 200,
    code: error?.data.code ?? "",
  }));
}

/** The row's version as it is now, where a request names one, so that it is not refused for that alone. */
async function current(call: Call): Promise<Call> {
  const input = call.input as { id?: unknown; version?: unknown } | undefined;
  if (input?.version !== 1 || typeof input.id !== "string" || input.id.includes("\0")) return call;
  const { rows } = await admin.query("SELECT version FROM appointment WHERE id::text = $1", [input.id]);
  return { ...call, input: { ...input, version: rows[0]?.version ?? 1 } };
}

/** Answers that were an error of ours, by procedure and cause: how many, and one to send again. */
const broken = new Map<string, { times: number; example: string }>();
/** Calls that came past the schema, by procedure. */
const reached = new Map<string, number>();

async function tryAll(who: string, calls: readonly Call[], size: number): Promise<void> {
  const visitor = people.get(who) as Visitor;
  for (let index = 0; index < calls.length; index += size) {
    const batch: Call[] = [];
    for (const call of calls.slice(index, index + size)) batch.push(await current(call));
    const answers = await send(visitor, batch);
    for (const [at, { status, code }] of answers.entries()) {
      const { procedure, input } = batch[at] as Call;
      if (code !== "invalid_input") reached.set(procedure.name, (reached.get(procedure.name) ?? 0) + 1);
      if (status >= 500 || code === "internal" || code === "none")
        blame(`${procedure.name} ${status} ${code}`, `${who}: ${JSON.stringify(input).slice(0, 1_000)}`);
    }
  }
}

function blame(what: string, example: string): void {
  const known = broken.get(what);
  broken.set(what, { times: (known?.times ?? 0) + 1, example: known?.example ?? example });
}

/** What broke, and the errors behind it as the log has them. */
function findings(): unknown[] {
  if (broken.size === 0) return [];
  const errors = server
    .logs()
    .map((record) => JSON.parse(record) as { level: number; err?: { message?: string } })
    .filter(({ level, err }) => level >= 50 && err)
    .map(({ err }) => String(err?.message).slice(0, 300));
  return [...broken, ...new Set(errors)].slice(0, 40);
}

/** Runs the work of each item, so many at a time. */
async function inLanes<T>(
  lanes: number,
  items: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<void> {
  const waiting = [...items];
  const lane = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

describe(`odd requests (seed ${seed})`, () => {
  it("with one fault at a time, to every procedure, by its owner", { timeout: 120_000 }, async () => {
    const tryOne = async (procedure: Procedure) => {
      const random = seededRandom(`${seed} ${procedure.name}`);
      const calls = singleFaults(procedure, await workingSample("owner", procedure), random);
      const hasVersion = calls.some(
        ({ input }) => typeof input === "object" && input !== null && "version" in input,
      );
      await tryAll("owner", calls, hasVersion ? 1 : 12);
    };
    const tried = callable.filter(({ name }) => !last.test(name));
    await inLanes(
      3,
      tried.filter(({ type }) => type === "query"),
      tryOne,
    );
    await inLanes(
      1,
      tried.filter(({ type }) => type === "mutation"),
      tryOne,
    );
    expect(findings()).toEqual([]);
    const never = tried.filter(({ name }) => !reached.has(name)).map(({ name }) => name);
    expect(never, "nothing came past their schemas").toEqual([]);
  });

  it("with several, drawn by lot, by everybody", { timeout: 120_000 }, async () => {
    const random = seededRandom(seed);
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
    const drawn = new Map<string, Call[]>();
    const choices = callable
      .filter(({ name }) => !last.test(name))
      .map((procedure) => ({ procedure, samples: samples(procedure) }));
    for (let index = 0; index < randomCalls; index++) {
      const { procedure, samples: known } = pick(choices);
      let input = pick(known);
      for (let faults = Math.floor(random() * 3); faults >= 0; faults--) {
        const { path, value } = pick(placesIn(input));
        const edges = procedure.schema ? edgesAt(procedure.schema, path) : [];
        input = fresh(procedure, withValue(input, path, pick([...oddValuesFor(value), ...edges])), path);
      }
      const who = pick([...people.keys()]);
      const key = `${who} ${procedure.type}`;
      drawn.set(key, [...(drawn.get(key) ?? []), { procedure, input }]);
    }
    await Promise.all([...drawn].map(([key, calls]) => tryAll(key.split(" ")[0] ?? "", calls, 10)));
    expect(findings()).toEqual([]);
  });

  it("to procedures that take something away, or end a session, by somebody who can be spared", async () => {
    const parting = callable.filter(({ name }) => last.test(name));
    expect(parting.length).toBeGreaterThan(8);
    for (const procedure of parting) {
      people.set("spare", await server.signInMember(office.organization, { role: "owner" }));
      await tryAll(
        "spare",
        samples(procedure)
          .slice(0, 1)
          .flatMap((sample) => singleFaults(procedure, sample)),
        12,
      );
    }
    expect(findings()).toEqual([]);
  });

  it("to subscriptions", async () => {
    const subscriptions = procedures.filter(({ type }) => type === "subscription");
    for (const procedure of subscriptions) {
      const calls = samples(procedure)
        .slice(0, 1)
        .flatMap((sample) => singleFaults(procedure, sample));
      await inLanes(4, calls, async ({ input }) => {
        const query = `/api/trpc/${procedure.name}?input=${encodeURIComponent(JSON.stringify(input) ?? "")}`;
        if (query.length > 14_000) return;
        const leaving = new AbortController();
        const { status } = await office.owner.fetch(query, { signal: leaving.signal });
        leaving.abort();
        if (status >= 500) blame(`${procedure.name} ${status}`, JSON.stringify(input));
      });
    }
    expect(findings()).toEqual([]);
  });

  it("to every other door of the server", async () => {
    const texts = oddValuesFor("a").filter((value) => typeof value === "string");
    const doors = texts.flatMap((text) => {
      // Half a character cannot be written in an address at all.
      const encoded = encodeURIComponent(text.toWellFormed());
      const form = { method: "POST", headers: { "content-type": "application/x-www-form-urlencoded" } };
      const json = { method: "POST", headers: { "content-type": "application/json" } };
      return [
        [`/api/ics/${encoded}.ics`, {}],
        [`/api/trpc/${encoded}`, {}],
        [`/api/trpc/booking.page?input=${encoded}`, {}],
        [`/api/trpc/session.me?batch=${encoded}&input=${encoded}`, {}],
        [`/api/auth/link?token=${encoded}&email=${encoded}`, {}],
        [`/api/auth/link`, { ...form, body: `token=${encoded}&email=${encoded}` }],
        [`/api/auth/signin/email`, { ...form, body: `email=${encoded}%40example.test` }],
        [`/api/auth/signin/email`, { ...form, body: `email=${encoded}` }],
        [`/api/auth/callback/credentials`, { ...form, body: `email=${encoded}&password=${encoded}` }],
        [`/api/auth/${encoded}`, {}],
        [`/api/trpc/booking.hold`, { ...json, body: text }],
        [`/api/trpc/booking.hold?batch=1`, { ...json, body: text }],
        [`/api/trpc/booking.hold?batch=1`, { ...json, body: JSON.stringify({ 0: text, __proto__: text }) }],
        [
          `/api/trpc/session.me`,
          { headers: { cookie: `next-auth.session-token=${encoded}; org=${encoded}` } },
        ],
      ] as [string, RequestInit][];
    });
    await inLanes(4, doors, async ([path, init]) => {
      const { status } = await server.visit().fetch(path, init);
      if (status >= 500) blame(`${path.slice(0, 80)} ${status}`, JSON.stringify(init));
    });
    expect(findings()).toEqual([]);
  });

  it("leave no control character and no half of one in any row", async () => {
    const { rows: columns } = await admin.query<{ table: string; column: string }>(
      `SELECT table_name AS table, column_name AS column FROM information_schema.columns
       WHERE table_schema = 'public' AND data_type IN ('text', 'character varying', 'jsonb', 'json', 'ARRAY')`,
    );
    expect(columns.length).toBeGreaterThan(60);
    const found: string[] = [];
    for (const { table, column } of columns) {
      // A line feed belongs to texts of several lines; JSON writes control characters as escapes.
      const { rows } = await admin.query<{ value: string }>(
        `SELECT "${column}"::text AS value FROM "${table}"
         WHERE "${column}"::text ~ '[\u0001-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029]|\\\\u00[01]|\\\\[tbfr]' LIMIT 1`,
      );
      if (rows[0]) found.push(`${table}.${column}: ${JSON.stringify(rows[0].value).slice(0, 200)}`);
    }
    expect(found).toEqual([]);
  });

  it("twin: a careless procedure is caught", async () => {
    const careless = router({
      keep: publicProcedure
        .input(z.object({ text: z.string().max(500), cents: z.int() }))
        .mutation(async ({ ctx, input }) => {
          await ctx.database.pool.query("SELECT $1::text, $2::integer", [input.text, input.cents]);
        }),
    });
    const caller = createCallerFactory(careless)(testContext(server.database));
    const schema = careless._def.procedures.keep._def.inputs[0] as unknown as z.ZodType;
    const procedure: Procedure = { name: "keep", type: "mutation", schema };
    const caught = new Set<string>();
    for (const { input } of singleFaults(procedure, { text: "a", cents: 1 })) {
      await caller.keep(input as { text: string; cents: number }).catch((error: { code: string }) => {
        if (error.code === "INTERNAL_SERVER_ERROR") caught.add(JSON.stringify(input));
      });
    }
    expect([...caught].filter((input) => input.includes("\\u0000")).length).toBeGreaterThan(0);
    expect([...caught]).toContain(JSON.stringify({ text: "a", cents: 2_147_483_648 }));
  });
});
