import type { BenchDatabase } from "../bench-databases.ts";
import type { BenchContext, Benchmark, Row } from "../benchmark.ts";
import { loadPgbench } from "../pgbench.ts";
import { loadSql } from "../sql-load.ts";
import { figures, round, type Summary, summarize } from "../statistics.ts";

const agendas = 200;

async function someProviders({ query, organizationId }: BenchDatabase): Promise<string[][]> {
  const rows = await query<{ ids: string[] }>(
    `SELECT array_agg(provider_id) AS ids FROM provider_site WHERE organization_id = $1 GROUP BY site_id ORDER BY random() LIMIT ${agendas}`,
    [organizationId],
  );
  return rows.map(({ ids }) => ids);
}

const statements = {
  function: `SELECT * FROM booking_busy($1::uuid, $2::uuid[], '{}'::uuid[], now() + interval '28 days', now())`,
  statement: `SELECT provider_id, array_agg(busy_from ORDER BY busy_from), array_agg(busy_to ORDER BY busy_from) FROM appointment
    WHERE organization_id = $1::uuid AND provider_id = ANY ($2::uuid[]) AND busy_from < date_trunc('day', now()) + interval '28 days'
      AND busy_from > date_trunc('day', now()) - interval '48 hours' AND busy_to > date_trunc('day', now())
      AND status IN ('held', 'pending', 'confirmed', 'in_progress') GROUP BY provider_id`,
};

/** Busy time of so many providers over four weeks, in the database, by `pg` and by pgbench where there is one. */
export async function measureBusy(
  { seconds, warmupSeconds }: Pick<BenchContext, "seconds" | "warmupSeconds">,
  {
    database,
    providers,
    connections,
    form,
  }: { database: BenchDatabase; providers: number; connections: number; form: keyof typeof statements },
): Promise<{ byPg: Summary; byPgbench: Summary | null }> {
  const { url, organizationId } = database;
  const target = { url, organizationId, connections };
  const groups = (await someProviders(database)).map((ids) => ids.slice(0, providers));
  const statement = statements[form];
  const values = groups.map((ids) => [organizationId, ids]);
  const byPg = summarize(await loadSql({ ...target, warmupSeconds, seconds, statement, values }));
  const scripts = groups
    .slice(0, 60)
    .map((ids) =>
      `${statement.replace("$1", `'${organizationId}'`).replace("$2", `'{${ids.join(",")}}'`)};`.replaceAll(
        "\n",
        " ",
      ),
    );
  const sample = await loadPgbench({ ...target, seconds, scripts });
  return { byPg, byPgbench: sample && summarize(sample) };
}

/** What every question about free time begins with. */
export const busy: Benchmark = {
  name: "busy",
  about: "booking_busy() of 1 and 6 providers over 4 weeks in the database, at every size",
  async run(context) {
    const rows: Row[] = [];
    for (const sites of context.sizes) {
      const database = await context.databases.open(sites);
      for (const providers of [1, 6]) {
        for (const connections of [1, 8]) {
          context.progress(
            `busy time of ${providers} at ${database.appointments.toLocaleString("en")} rows, ${connections} at once`,
          );
          const size = `${providers} provider${providers > 1 ? "s" : ""}, ${round(database.appointments / 1e6)} M, ${connections} at once`;
          for (const form of ["function", "statement"] as const) {
            const { byPg, byPgbench } = await measureBusy(context, {
              database,
              providers,
              connections,
              form,
            });
            const what = form === "function" ? "booking_busy()" : "raw statement";
            rows.push({ what: `${what}, ${size}, pg`, ...figures(byPg) });
            if (byPgbench) rows.push({ what: `${what}, ${size}, pgbench`, ...figures(byPgbench) });
          }
        }
      }
    }
    return { tables: [{ title: "four weeks ahead, 60 % of half hours taken", rows }] };
  },
};
