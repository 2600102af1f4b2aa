import { Client as PgClient } from "pg";

/** Every row of an organization, a line each, as the owner of the database sees it. */
export async function rowsOf(adminUrl: string, organizationId: string): Promise<string[]> {
  const admin = new PgClient({ connectionString: adminUrl });
  await admin.connect();
  const { rows: tables } = await admin.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attname = 'organization_id' ORDER BY 1`,
  );
  const lines: string[] = [];
  for (const { name } of tables) {
    const { rows } = await admin.query<{ row: string }>(
      `SELECT to_jsonb(t)::text AS row FROM "${name}" t WHERE organization_id = $1 ORDER BY 1`,
      [organizationId],
    );
    lines.push(...rows.map(({ row }) => `${name} ${row}`));
  }
  const { rows } = await admin.query<{ row: string }>(
    "SELECT to_jsonb(o)::text AS row FROM organization o WHERE id = $1",
    [organizationId],
  );
  await admin.end();
  return [...lines, ...rows.map(({ row }) => `organization ${row}`)];
}
