import type { BenchDatabase } from "../bench-databases.ts";
import type { BenchContext, Benchmark, Row } from "../benchmark.ts";
import { type FreePlace, findFreePlaces } from "../free-places.ts";
import { type HttpCall, loadHttp } from "../http-load.ts";
import { loadPgbench } from "../pgbench.ts";
import { rawBookingScript, rawBookings } from "../raw-bookings.ts";
import { providersPerSite } from "../seed-large.ts";
import type { ServerProcess } from "../server-process.ts";
import { figures, round, type Summary, summarize } from "../statistics.ts";
import { dealOut, keeping, mutation } from "../trpc-call.ts";
import { type Agenda, slotsCall, warmSites } from "../warm-sites.ts";
import { assertAllOk, measureRawCreate } from "./create.ts";

const placesPerSecond = 1_200;
const rawPlacesPerSecond = 3_000;

async function someAgendas({ query: sql, organizationId, sites }: BenchDatabase): Promise<Agenda[]> {
  return sql<Agenda>(
    `SELECT ps.provider_id AS "providerId", s.slug AS "siteSlug"
     FROM provider_site ps JOIN site s ON s.organization_id = ps.organization_id AND s.id = ps.site_id
     WHERE ps.organization_id = $1 ORDER BY random() LIMIT $2`,
    [organizationId, Math.min(6_000, sites * providersPerSite)],
  );
}

async function measureSlots(context: BenchContext, database: BenchDatabase): Promise<Row[]> {
  const { seconds, warmupSeconds } = context;
  const agendas = await someAgendas(database);
  const warm = await context.startServer(database);
  const calls = agendas.map(slotsCall);
  const known = calls.slice(0, 20);
  const { url } = warm;
  const one = await loadHttp({
    url,
    connections: 1,
    warmupSeconds,
    seconds,
    lanes: [known],
    isRepeated: true,
  });
  assertAllOk("booking.slots, cached, alone", one);
  const cached = await loadHttp({
    url,
    connections: 8,
    warmupSeconds,
    seconds,
    lanes: Array.from({ length: 8 }, () => known),
    isRepeated: true,
  });
  assertAllOk("booking.slots, cached", cached);
  // Every other agenda is asked for once: nothing of it is known to this server yet.
  const unknown = calls.slice(20);
  const few = Math.min(1_000, Math.ceil(unknown.length / 4));
  const alone = await loadHttp({ url, connections: 1, warmupSeconds: 0, lanes: [unknown.slice(0, few)] });
  assertAllOk("booking.slots, uncached, alone", alone);
  const fresh = await loadHttp({
    url,
    connections: 4,
    warmupSeconds: 0,
    lanes: dealOut(unknown.slice(few), 4),
  });
  assertAllOk("booking.slots, uncached", fresh);
  await warm.stop();
  return [
    { what: "booking.slots, 4 weeks, cached, 1 connection", ...figures(summarize(one)) },
    { what: "booking.slots, 4 weeks, cached, 8 connections", ...figures(summarize(cached)) },
    { what: "booking.slots, 4 weeks, uncached, 1 connection", ...figures(summarize(alone)) },
    { what: "booking.slots, 4 weeks, uncached, 4 connections", ...figures(summarize(fresh)) },
  ];
}

async function siteSlugs({ query: sql, organizationId }: BenchDatabase): Promise<Map<string, string>> {
  const rows = await sql<{ id: string; slug: string }>(
    "SELECT id, slug FROM site WHERE organization_id = $1",
    [organizationId],
  );
  return new Map(rows.map(({ id, slug }) => [id, slug]));
}

/** A visitor who takes a hold and confirms it, from an address of their own as visitors have. */
function visit({ n, providerId, siteId, startsAt }: FreePlace, slugs: Map<string, string>): HttpCall[] {
  const place = { username: "bench", serviceSlug: "standard", siteSlug: slugs.get(siteId), providerId };
  const client = { name: `Visiteur ${n}`, email: `visitor-${n}@example.test`, locale: "fr" };
  const idempotencyKey = `visit-${n}-${startsAt.getTime()}`;
  return [
    keeping(mutation("booking.hold", { ...place, startsAt: startsAt.toISOString() }), "holdToken"),
    mutation("booking.confirm", { holdToken: "{{kept}}", client, idempotencyKey }),
  ].map((call) => ({ ...call, from: `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}` }));
}

async function measureHoldAndConfirm(
  { seconds, warmupSeconds }: BenchContext,
  { database, server, connections }: { database: BenchDatabase; server: ServerProcess; connections: number },
): Promise<{ row: Row; bookingsPerSecond: number }> {
  const places = await findFreePlaces(database, Math.ceil(placesPerSecond * (seconds + warmupSeconds)));
  const slugs = await siteSlugs(database);
  const lanes = Array.from({ length: connections }, (_, lane) =>
    places.filter((_place, index) => index % connections === lane).flatMap((place) => visit(place, slugs)),
  );
  const outcome = await loadHttp({ url: server.url, connections, warmupSeconds, seconds, lanes });
  assertAllOk("hold and confirm", outcome);
  await database.cleanUp();
  const summary = summarize(outcome);
  const bookingsPerSecond = summary.perSecond / 2;
  return {
    bookingsPerSecond,
    row: {
      what: `hold + confirm, ${connections} connections`,
      ...figures(summary),
      "bookings a second": round(bookingsPerSecond),
    },
  };
}

/** The two statements of a booking alone, without HTTP or JavaScript; null where pgbench is not installed. */
async function measureRawBookings(
  { seconds }: BenchContext,
  { database, connections }: { database: BenchDatabase; connections: number },
): Promise<Summary | null> {
  const { url, organizationId, query: sql } = database;
  await sql(rawBookings);
  await findFreePlaces(database, Math.ceil(rawPlacesPerSecond * seconds));
  const sample = await loadPgbench({
    url,
    organizationId,
    connections,
    seconds,
    scripts: [rawBookingScript],
  });
  await database.cleanUp();
  return sample && summarize(sample);
}

/** What visitors of the public pages wait for. */
export const booking: Benchmark = {
  name: "booking",
  about: "booking.slots cached and uncached, hold + confirm beside the raw writes",
  async run(context) {
    const database = await context.databases.open(context.sizes.at(-1) ?? 100);
    context.progress("booking.slots");
    const rows = await measureSlots(context, database);
    const server = await context.startServer(database);
    await warmSites(database, server);
    for (const connections of [8, 32]) {
      context.progress(`hold and confirm, ${connections} at once`);
      const { byPg, byPgbench } = await measureRawCreate(context, { database, connections });
      const best = Math.max(byPg.perSecond, byPgbench?.perSecond ?? 0);
      const statements = await measureRawBookings(context, { database, connections });
      const { row, bookingsPerSecond } = await measureHoldAndConfirm(context, {
        database,
        server,
        connections,
      });
      rows.push({ ...row, "% of raw": round((100 * bookingsPerSecond) / best) });
      rows.push({ what: `raw booking in one call, ${connections} connections`, "per second": round(best) });
      if (statements) {
        rows.push({
          what: `hold + confirm, their two statements alone, ${connections} connections`,
          ...figures(statements),
          "bookings a second": round(statements.perSecond),
        });
      }
    }
    return {
      tables: [{ title: `${database.appointments.toLocaleString("en")} appointments in the table`, rows }],
    };
  },
};
