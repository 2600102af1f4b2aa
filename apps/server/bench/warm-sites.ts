import type { BenchDatabase } from "./bench-databases.ts";
import { assertAllOk } from "./benchmarks/create.ts";
import { type HttpCall, loadHttp } from "./http-load.ts";
import type { ServerProcess } from "./server-process.ts";
import { dealOut, query } from "./trpc-call.ts";

/** A provider and where they are booked. */
export interface Agenda {
  providerId: string;
  siteSlug: string;
}

function dateAfter(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

/** Four weeks of one provider, as the public page asks for them. */
export function slotsCall(agenda: Agenda): HttpCall {
  const span = { from: dateAfter(1), to: dateAfter(28), timezone: "Europe/Paris" };
  return query("booking.slots", { username: "bench", serviceSlug: "standard", ...agenda, ...span });
}

/** Lets the server meet every site, as one that has been up for an hour has. */
export async function warmSites(
  { query: sql, organizationId }: BenchDatabase,
  server: ServerProcess,
): Promise<void> {
  const agendas = await sql<Agenda>(
    `SELECT DISTINCT ON (s.id) ps.provider_id AS "providerId", s.slug AS "siteSlug"
     FROM provider_site ps JOIN site s ON s.organization_id = ps.organization_id AND s.id = ps.site_id
     WHERE ps.organization_id = $1 ORDER BY s.id`,
    [organizationId],
  );
  const lanes = dealOut(agendas.map(slotsCall), 4);
  assertAllOk(
    "the first look at each site",
    await loadHttp({ url: server.url, connections: 4, warmupSeconds: 0, lanes }),
  );
}
