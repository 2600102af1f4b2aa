import type { BenchDatabase } from "./bench-databases.ts";

/** A half hour of the next four weeks in which a provider is open and free. */
export interface FreePlace {
  n: number;
  providerId: string;
  siteId: string;
  startsAt: Date;
  serviceId: string;
  clientId: string;
  /** With `isTaken`: the 15-minute appointment that stands at its start. */
  appointmentId: string | null;
}

/**
 * Finds free places at random over all sites and writes them to `bench.cell`. Each has its client, so that no two
 * requests are alike. `isTaken` puts a short appointment into each, for moves.
 */
export async function findFreePlaces(
  database: BenchDatabase,
  count: number,
  { isTaken = false }: { isTaken?: boolean } = {},
): Promise<FreePlace[]> {
  const { organizationId, query } = database;
  const providers = Math.ceil(count / 60);
  await query("TRUNCATE bench.cell");
  await query("SELECT setval('bench.next_cell', 1, false)");
  await query(
    `INSERT INTO bench.cell (n, provider_id, site_id, starts_at, service_id, client_id)
     SELECT row_number() OVER (), provider_id, site_id, starts_at,
       (SELECT id FROM service WHERE organization_id = $1 AND slug = $4), clients.ids[1 + floor(random() * cardinality(clients.ids))::integer]
     FROM (
       SELECT ps.provider_id, ps.site_id, (d::date + make_interval(mins => w + c * 30)) AT TIME ZONE 'Europe/Paris' AS starts_at
       FROM (SELECT * FROM provider_site WHERE organization_id = $1 ORDER BY random() LIMIT $2) ps,
         generate_series(current_date + 1, current_date + 28, interval '1 day') AS d,
         (VALUES (540, 5), (840, 7)) AS x(w, last), generate_series(0, last) AS c
       WHERE extract(isodow FROM d) < 6 ORDER BY random()
     ) place, (SELECT array_agg(id) AS ids FROM (SELECT id FROM client WHERE organization_id = $1 LIMIT 10000)) clients
     WHERE NOT EXISTS (
       SELECT FROM appointment a WHERE a.organization_id = $1 AND a.provider_id = place.provider_id
         AND a.busy_from < place.starts_at + interval '30 minutes' AND a.busy_to > place.starts_at
         AND a.busy_from > place.starts_at - interval '48 hours' AND a.status IN ('held', 'pending', 'confirmed', 'in_progress'))
     LIMIT $3`,
    [organizationId, providers, count, isTaken ? "short" : "standard"],
  );
  if (isTaken) {
    await query(
      `WITH made AS (
         INSERT INTO appointment (organization_id, id, site_id, provider_id, service_id, client_id, starts_at, ends_at, busy_from, busy_to, status, source)
         SELECT $1, uuidv7(), site_id, provider_id, service_id, client_id, starts_at, starts_at + interval '15 minutes', starts_at,
           starts_at + interval '15 minutes', 'confirmed', 'web' FROM bench.cell RETURNING id, provider_id, starts_at
       )
       UPDATE bench.cell c SET appointment_id = made.id FROM made WHERE made.provider_id = c.provider_id AND made.starts_at = c.starts_at`,
      [organizationId],
    );
  }
  await query("ANALYZE bench.cell");
  return query<FreePlace>(
    `SELECT n, provider_id AS "providerId", site_id AS "siteId", starts_at AS "startsAt", service_id AS "serviceId", client_id AS "clientId",
       appointment_id AS "appointmentId" FROM bench.cell ORDER BY n`,
  );
}
