import { migrate } from "@creneau/db/migrate";
import { runCommand } from "./run-command.ts";

await runCommand(async ({ adminUrl }) => {
  const { applied, hasNewFunctions } = await migrate({ adminUrl });
  for (const name of applied) console.log(`applied ${name}`);
  if (hasNewFunctions) console.log("functions of this version are in force");
  if (applied.length === 0 && !hasNewFunctions) console.log("nothing to apply");
});
