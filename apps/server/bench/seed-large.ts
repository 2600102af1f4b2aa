import { randomUUID } from "node:crypto";
import { hashPassword } from "@creneau/api/identity/password";
import type { Client } from "pg";
import { withoutIndexes } from "./without-indexes.ts";

/** Providers of one site. */
export const providersPerSite = 6;
export const benchPassword = "bench password, known to all";
export const benchAdmin = "admin@bench.test";
const otherAdmin = "admin@other.test";

/** Share of half hours taken from four weeks back to five weeks ahead, where people look and book. */
const denseFill = 0.6;
/** Share taken later in the year; with it a year holds 583 appointments a provider, 7 million at 2 000 sites. */
const sparseFill = 0.068;

/**
 * Fills an empty, migrated database: organization `bench` with so many sites, six providers each, and one year of
 * appointments from four weeks back on; a second organization beside it. Weekdays 9:00–12:00 and 14:00–18:00 in Paris,
 * 15 or 30 minutes on a 15-minute grid, at random; rows lie in the order they were booked in, not that of their time.
 */
export async function seedLarge(
  client: Client,
  { sites, progress }: { sites: number; progress: (text: string) => void },
): Promise<void> {
  const passwordHash = await hashPassword(benchPassword);
  await client.query(
    "SET work_mem = '512MB'; SET maintenance_work_mem = '1GB'; SET synchronous_commit = off",
  );
  for (const organization of [
    { slug: "bench", sites, email: benchAdmin },
    { slug: "bench-other", sites: 1, email: otherAdmin },
  ]) {
    await seedDirectory(client, { ...organization, passwordHash });
  }
  await withoutIndexes(client, { table: "appointment", progress }, async () => {
    progress("writing appointments");
    await client.query(appointmentsStatement);
  });
  progress("analysing");
  await client.query("VACUUM ANALYZE");
  await client.query("RESET ALL");
}

async function seedDirectory(
  client: Client,
  { slug, sites, email, passwordHash }: { slug: string; sites: number; email: string; passwordHash: string },
): Promise<void> {
  const organizationId = randomUUID();
  const userId = randomUUID();
  const statements: [string, unknown[]][] = [
    [
      `INSERT INTO organization (id, slug, name, preset) VALUES ($1, $2, $2, 'inspection')`,
      [organizationId, slug],
    ],
    [
      `INSERT INTO "user" (id, email, name, password_hash, email_verified_at) VALUES ($1, $2, 'Admin', $3, now())`,
      [userId, email, passwordHash],
    ],
    [
      `INSERT INTO membership (organization_id, id, user_id, role) VALUES ($1, uuidv7(), $2, 'owner')`,
      [organizationId, userId],
    ],
    [
      // Scattered over France, so that a search by distance has something to do.
      `INSERT INTO site (organization_id, id, name, slug, postal_code, latitude, longitude)
       SELECT $1, uuidv7(), 'Site ' || n, 'site-' || n, lpad((1000 + n * 47 % 95000)::text, 5, '0'), 42.5 + random() * 8, -1 + random() * 8
       FROM generate_series(1, $2) AS n`,
      [organizationId, sites],
    ],
    [
      // The first provider of each site has an account and a public name.
      `INSERT INTO "user" (id, email, name, username)
       SELECT uuidv7(), slug || '@' || $2 || '.test', name, $2 || '-' || slug FROM site WHERE organization_id = $1`,
      [organizationId, slug],
    ],
    [
      `WITH wanted AS (
         SELECT s.id AS site_id, s.slug, n, uuidv7() AS provider_id FROM site s, generate_series(1, $2) AS n WHERE s.organization_id = $1
       ), made AS (
         INSERT INTO provider (organization_id, id, user_id, name, position)
         SELECT $1, provider_id, CASE WHEN n = 1 THEN (SELECT id FROM "user" WHERE username = $3 || '-' || slug) END, slug || ' provider ' || n, n FROM wanted
       )
       INSERT INTO provider_site (organization_id, provider_id, site_id) SELECT $1, provider_id, site_id FROM wanted`,
      [organizationId, providersPerSite, slug],
    ],
    [
      `INSERT INTO membership (organization_id, id, user_id, role)
       SELECT $1, uuidv7(), user_id, 'provider' FROM provider WHERE organization_id = $1 AND user_id IS NOT NULL`,
      [organizationId],
    ],
    [
      `INSERT INTO availability_rule (organization_id, id, site_id, provider_id, iso_weekday, start_minute, end_minute)
       SELECT $1, uuidv7(), site_id, provider_id, day, w.start_minute, w.end_minute
       FROM provider_site, generate_series(1, 5) AS day, (VALUES (540, 720), (840, 1080)) AS w(start_minute, end_minute)
       WHERE organization_id = $1`,
      [organizationId],
    ],
    [
      `INSERT INTO service (organization_id, id, name, slug, duration_minutes, price_cents, horizon_days)
       VALUES ($1, uuidv7(), 'Rendez-vous', 'standard', 30, 7000, 400), ($1, uuidv7(), 'Rendez-vous court', 'short', 15, 4000, 400)`,
      [organizationId],
    ],
    [
      `INSERT INTO service_provider (organization_id, service_id, provider_id)
       SELECT $1, s.id, p.id FROM service s JOIN provider p USING (organization_id) WHERE s.organization_id = $1`,
      [organizationId],
    ],
    [
      `INSERT INTO client (organization_id, id, name, email, phone)
       SELECT $1, uuidv7(), 'Client ' || n, 'client-' || n || '@example.test', '+336' || lpad(n::text, 8, '0')
       FROM generate_series(1, $2) AS n`,
      [organizationId, sites * 50],
    ],
  ];
  for (const [statement, values] of statements) await client.query(statement, values);
}

const appointmentsStatement = `
WITH clients AS MATERIALIZED (
  SELECT organization_id, array_agg(id) AS ids FROM client GROUP BY organization_id
), services AS MATERIALIZED (
  SELECT organization_id, min(id::text) FILTER (WHERE slug = 'standard')::uuid AS standard, min(id::text) FILTER (WHERE slug = 'short')::uuid AS short
  FROM service GROUP BY organization_id
), days AS MATERIALIZED (
  SELECT d::date AS day, CASE WHEN d < current_date + 35 THEN ${denseFill} ELSE ${sparseFill} END AS fill
  FROM generate_series(current_date - 28, current_date + 336, interval '1 day') AS d WHERE extract(isodow FROM d) < 6
), cells AS MATERIALIZED (
  SELECT make_interval(mins => w + c * 30) AS at FROM (VALUES (540, 5), (840, 7)) AS x(w, last), generate_series(0, last) AS c
), rolled AS (
  -- One throw of the dice for every cell of every provider: as a condition, random() would be thrown once a day.
  SELECT ps.organization_id, ps.site_id, ps.provider_id, days.fill, random() AS luck,
    (day + cells.at) AT TIME ZONE 'Europe/Paris' AS cell, random() AS kind, random() AS who, random() AS early
  FROM provider_site ps, days, cells
), placed AS (
  SELECT *, cell + CASE WHEN kind > 0.85 THEN interval '15 minutes' ELSE interval '0' END AS starts_at,
    CASE WHEN kind > 0.7 THEN interval '15 minutes' ELSE interval '30 minutes' END AS lasts,
    least(now(), cell - early * interval '30 days') - interval '1 day' * early AS booked_at
  FROM rolled WHERE luck < fill
)
INSERT INTO appointment (organization_id, id, site_id, provider_id, service_id, client_id, title, starts_at, ends_at, busy_from, busy_to,
  status, source, price_cents, created_at, updated_at)
SELECT p.organization_id, uuidv7(p.booked_at - now()), p.site_id, p.provider_id, CASE WHEN p.kind > 0.7 THEN s.short ELSE s.standard END,
  c.ids[1 + floor(p.who * cardinality(c.ids))::integer], 'Rendez-vous', p.starts_at, p.starts_at + p.lasts, p.starts_at, p.starts_at + p.lasts,
  CASE WHEN p.starts_at < now() THEN 'completed' ELSE 'confirmed' END::appointment_status, 'web', 7000, p.booked_at, p.booked_at
FROM placed p JOIN clients c USING (organization_id) JOIN services s USING (organization_id)
ORDER BY p.booked_at`;
