import { randomBytes } from "node:crypto";
import { parseArgs } from "node:util";
import { createOrganization } from "@creneau/api/identity/create-organization";
import { hashPassword } from "@creneau/api/identity/password";
import { openDatabase } from "@creneau/db/database";
import { migrate } from "@creneau/db/migrate";
import { fail } from "../start/progress.ts";
import { runCommand } from "./run-command.ts";

const usage =
  'usage: npm run org:new -- --name "Cabinet Martin" --email you@example.org [--preset medical] [--timezone Europe/Paris] [--locale fr]';
const presets = ["real_estate", "medical", "inspection", "client_meetings", "solo"] as const;

function readWish() {
  const { values } = parseArgs({
    options: {
      name: { type: "string" },
      email: { type: "string" },
      preset: { type: "string", default: "medical" },
      timezone: { type: "string", default: "Europe/Paris" },
      locale: { type: "string", default: "fr" },
    },
  });
  const preset = presets.find((known) => known === values.preset);
  if (!values.name || !values.email?.includes("@") || !preset) throw new Error(usage);
  return { ...values, name: values.name, email: values.email.trim().toLowerCase(), preset };
}

try {
  const wish = readWish();
  await runCommand(async ({ url, adminUrl }, env) => {
    await migrate({ adminUrl, keepsNewer: Boolean(env.DATABASE_URL) });
    const password = randomBytes(12).toString("base64url");
    const database = openDatabase({ url, poolSize: 2 });
    try {
      const made = await createOrganization(database, {
        ...wish,
        slotMinutes: env.APPOINTMENTS_SLOT_MINUTES,
        passwordHash: await hashPassword(password),
      });
      console.log(
        `organization "${wish.name}" is there (public name: ${made.slug}); ${wish.email} is its owner`,
      );
      console.log(
        made.isNewUser
          ? `first password, shown only now: ${password}`
          : "this account keeps the password it has",
      );
    } finally {
      await database.close();
    }
  });
} catch (error) {
  fail(error instanceof Error ? error.message : String(error));
  process.exit(2);
}
