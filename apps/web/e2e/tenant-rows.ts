import type { Database } from "@creneau/db/database";

/** Runs a statement inside the organization behind a public name: the owner, too, sees nothing outside of one. */
export async function behind<Row extends object>(
  rows: Database,
  publicName: string,
  statement: string,
): Promise<Row[]> {
  const client = await rows.pool.connect();
  try {
    await client.query("BEGIN");
    await client.query(
      "SELECT set_config('app.organization_id', (SELECT organization_id::text FROM resolve_public_name($1)), true)",
      [publicName],
    );
    const { rows: found } = await client.query<Row>(statement);
    await client.query("COMMIT");
    return found;
  } finally {
    client.release();
  }
}
