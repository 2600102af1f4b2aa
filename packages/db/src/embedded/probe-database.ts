import { Client } from "pg";

async function ask<T extends object>(connectionString: string, question: string): Promise<T | undefined> {
  const client = new Client({ connectionString, connectionTimeoutMillis: 10_000 });
  client.on("error", () => {});
  try {
    await client.connect();
    return (await client.query<T>(question)).rows[0];
  } finally {
    await client.end().catch(() => {});
  }
}

/** The major version of the PostgreSQL behind a connection string. Throws what connecting throws. */
export async function readMajorVersion(connectionString: string): Promise<number> {
  const row = await ask<{ number: number }>(
    connectionString,
    "select current_setting('server_version_num')::int as number",
  );
  return Math.floor((row?.number ?? 0) / 10_000);
}

/** Whether nobody has used a migrated database yet: no account exists. `adminUrl` is the owner's connection. */
export async function isUnused(adminUrl: string): Promise<boolean> {
  return (await ask(adminUrl, `select from "user" limit 1`)) === undefined;
}

/** The password hashes of those of these accounts that exist and have one. `adminUrl` is the owner's connection. */
export async function readPasswordHashes(
  adminUrl: string,
  emails: string[],
): Promise<{ email: string; hash: string }[]> {
  const client = new Client({ connectionString: adminUrl, connectionTimeoutMillis: 10_000 });
  client.on("error", () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ email: string; hash: string }>(
      `select email, password_hash as hash from "user"
       where email = any($1) and password_hash is not null and deactivated_at is null order by email`,
      [emails],
    );
    return rows;
  } finally {
    await client.end().catch(() => {});
  }
}
