import type { BenchDatabase } from "../bench-databases.ts";
import type { BenchContext, Benchmark, Row } from "../benchmark.ts";
import { loadHttp } from "../http-load.ts";
import { benchAdmin, benchPassword } from "../seed-large.ts";
import type { ServerProcess } from "../server-process.ts";
import { loadSql } from "../sql-load.ts";
import { figures, round, type Summary, summarize } from "../statistics.ts";
import { query } from "../trpc-call.ts";
import { assertAllOk } from "./create.ts";

const providersShown = 12;
const weeks = 40;

interface Week {
  providerIds: string[];
  from: Date;
  to: Date;
}

/** Weeks ahead of twelve providers each, of two sites: 500 appointments on average. */
async function someWeeks({ query: sql, organizationId }: BenchDatabase): Promise<Week[]> {
  const monday = `date_trunc('week', now() + interval '7 days') AT TIME ZONE 'Europe/Paris'`;
  return sql<Week>(
    `SELECT array_agg(provider_id) AS "providerIds", ${monday} AS from, ${monday} + interval '7 days' AS to
     FROM (
       SELECT ps.provider_id, row_number() OVER (ORDER BY s.shuffled, ps.provider_id) - 1 AS n
       FROM provider_site ps JOIN (SELECT id, random() AS shuffled FROM site WHERE organization_id = $1) s ON s.id = ps.site_id
       WHERE ps.organization_id = $1
     ) GROUP BY n / ${providersShown} HAVING count(*) = ${providersShown} LIMIT ${weeks}`,
    [organizationId],
  );
}

/** The list through HTTP. */
export async function measureList(
  { seconds, warmupSeconds }: Pick<BenchContext, "seconds" | "warmupSeconds">,
  { database, server, connections }: { database: BenchDatabase; server: ServerProcess; connections: number },
): Promise<Summary> {
  const calls = (await someWeeks(database)).map(({ providerIds, from, to }) =>
    query("appointments.list", { providerIds, from: from.toISOString(), to: to.toISOString(), limit: 1000 }),
  );
  const cookie = await server.signIn(benchAdmin, benchPassword);
  const lanes = Array.from({ length: connections }, (_, lane) => [
    ...calls.slice(lane),
    ...calls.slice(0, lane),
  ]);
  const outcome = await loadHttp({
    url: server.url,
    cookie,
    connections,
    warmupSeconds,
    seconds,
    lanes,
    isRepeated: true,
  });
  assertAllOk("list", outcome);
  return summarize(outcome);
}

/** The columns and joins of the list, written down once more: the statement alone, without page, search or view. */
const rawStatement = `SELECT a.*, s.name, c.name, c.email, c.phone, j.kind, j.reference FROM appointment a
  LEFT JOIN service s ON s.organization_id = a.organization_id AND s.id = a.service_id
  LEFT JOIN client c ON c.organization_id = a.organization_id AND c.id = a.client_id
  LEFT JOIN subject j ON j.organization_id = a.organization_id AND j.id = a.subject_id
  WHERE a.organization_id = $1::uuid AND a.provider_id = ANY ($2::uuid[]) AND a.starts_at < $4::timestamptz AND a.ends_at > $3::timestamptz
    AND a.starts_at > $3::timestamptz - interval '48 hours' AND a.status <> 'cancelled'
  ORDER BY a.starts_at, a.id`;

async function measureRaw(
  context: BenchContext,
  database: BenchDatabase,
  connections: number,
): Promise<Summary> {
  const { url, organizationId } = database;
  const { seconds, warmupSeconds } = context;
  const values = (await someWeeks(database)).map(({ providerIds, from, to }) => [
    organizationId,
    providerIds,
    from,
    to,
  ]);
  return summarize(
    await loadSql({
      url,
      organizationId,
      connections,
      warmupSeconds,
      seconds,
      statement: rawStatement,
      values,
    }),
  );
}

/** A calendar's week through HTTP beside its statement, at every size asked for. */
export const list: Benchmark = {
  name: "list",
  about: "appointments.list of a week with 500 appointments over 12 providers, at every size",
  async run(context) {
    const rows: Row[] = [];
    for (const sites of context.sizes) {
      const database = await context.databases.open(sites);
      const server = await context.startServer(database);
      for (const connections of [1, 8]) {
        context.progress(
          `list at ${database.appointments.toLocaleString("en")} rows, ${connections} at once`,
        );
        const raw = await measureRaw(context, database, connections);
        const http = await measureList(context, { database, server, connections });
        const size = `${round(database.appointments / 1e6)} M, ${connections} connection${connections > 1 ? "s" : ""}`;
        rows.push({ what: `HTTP, ${size}`, ...figures(http), "p95 : raw": round(http.p95 / raw.p95) });
        rows.push({ what: `raw, ${size}`, ...figures(raw) });
      }
    }
    return { tables: [{ title: "one week, 12 providers, some 500 appointments", rows }] };
  },
};
