import { answerApart, runApart } from "@creneau/db/embedded/run-apart";
import { Client } from "pg";

interface DatabaseUrls {
  url: string;
  adminUrl: string;
}

/** Whether nobody has used this database yet: no account exists. `adminUrl` is the owner's connection. */
async function isEmpty(adminUrl: string): Promise<boolean> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const answer = await client.query(`select from "user" limit 1`);
    return answer.rowCount === 0;
  } finally {
    await client.end();
  }
}

/**
 * Puts the demo organizations into an empty database, in a process of its own: it takes 150 MB. Returns false, touching
 * nothing, when the database is not empty.
 */
export async function seedWhenEmpty({ url, adminUrl }: DatabaseUrls): Promise<boolean> {
  if (!(await isEmpty(adminUrl))) return false;
  await runApart(import.meta.url, { url, adminUrl });
  return true;
}

if (import.meta.main && process.send) {
  answerApart(async (urls: DatabaseUrls) => (await import("../../../../prisma/seed/demo.ts")).seedDemo(urls));
}
