import { isUnused } from "@creneau/db/embedded/probe-database";
import { answerApart, runApart } from "@creneau/db/embedded/run-apart";

interface DatabaseUrls {
  url: string;
  adminUrl: string;
}

/**
 * Puts the demo organizations into an empty database, in a process of its own: it takes 150 MB. Returns false, touching
 * nothing, when the database is not empty, also when another process is just filling it: then after that one is done.
 */
export async function seedWhenEmpty({ url, adminUrl }: DatabaseUrls): Promise<boolean> {
  if (!(await isUnused(adminUrl))) return false;
  return await runApart<{ url: string }, boolean>(import.meta.url, { url });
}

if (import.meta.main && process.send) {
  answerApart(async (input: { url: string }) =>
    (await import("../../../../prisma/seed/demo.ts")).seedDemo(input),
  );
}
