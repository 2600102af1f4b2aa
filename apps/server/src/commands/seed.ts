import { Client } from "pg";
import { runCommand } from "./run-command.ts";

/** Whether nobody has used this database yet: no account exists. `adminUrl` is the owner's connection. */
export async function isEmpty(adminUrl: string): Promise<boolean> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const answer = await client.query(`select from "user" limit 1`);
    return answer.rowCount === 0;
  } finally {
    await client.end();
  }
}

/** Puts the demo organizations into an empty database. Returns false, touching nothing, when it is not empty. */
export async function seedWhenEmpty({ url, adminUrl }: { url: string; adminUrl: string }): Promise<boolean> {
  if (!(await isEmpty(adminUrl))) return false;
  // Loaded only now: the demo's data and generators have no place in the memory of a server that runs for months.
  const { seedDemo } = await import("../../../../prisma/seed/demo.ts");
  await seedDemo({ url, adminUrl });
  return true;
}

if (import.meta.main) {
  await runCommand(async (database) => {
    const { migrate } = await import("@creneau/db/migrate");
    await migrate({ adminUrl: database.adminUrl });
    console.log((await seedWhenEmpty(database)) ? "demo data written" : "the database is not empty: nothing written");
  });
}
