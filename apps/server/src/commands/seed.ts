import { migrateApart } from "@creneau/db/embedded/migrate-apart";
import { seedWhenEmpty } from "../start/seed-apart.ts";
import { runCommand } from "./run-command.ts";

await runCommand(async ({ url, adminUrl }, env) => {
  await migrateApart({ adminUrl, keepsNewer: Boolean(env.DATABASE_URL) });
  console.log(
    (await seedWhenEmpty({ url, adminUrl }))
      ? "demo data written"
      : "the database is not empty: nothing written",
  );
});
