import { Client } from "pg";

/** Connection strings of one database, as the application's role and as the owner. */
export interface DatabaseUrls {
  url: string;
  adminUrl: string;
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

/** Runs one statement as the owner, on a connection of its own. */
export async function runAsOwner(adminUrl: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** Copies a database that nobody is connected to (about 20 ms); `server` is another one of the same server. */
export async function copyDatabase(
  server: DatabaseUrls,
  { name, template }: { name: string; template: string },
): Promise<DatabaseUrls> {
  await runAsOwner(server.adminUrl, `create database ${name} template ${template} strategy file_copy`);
  return { url: withDatabase(server.url, name), adminUrl: withDatabase(server.adminUrl, name) };
}
