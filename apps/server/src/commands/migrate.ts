import { migrate } from "@creneau/db/migrate";
import { runCommand } from "./run-command.ts";

await runCommand(async ({ adminUrl }) => {
  const { applied } = await migrate({ adminUrl });
  console.log(
    applied.length === 0 ? "nothing to apply" : applied.map((name) => `applied ${name}`).join("\n"),
  );
});
