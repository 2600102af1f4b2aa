import { verifyPassword } from "@creneau/api/identity/password";
import { readPasswordHashes } from "@creneau/db/embedded/probe-database";
import { demoOrganizations, demoPassword } from "../../../../prisma/seed/demo-organizations.ts";
import { isLoopback, type StartEnv } from "../env.ts";

type DemoEnv = Pick<StartEnv, "DEMO" | "isDemoChosen" | "APP_URL" | "DATABASE_URL">;

/** What a start says of demo mode: a warning when it is on for everybody, a note when it is off for that reason. */
export function demoWords({ DEMO, isDemoChosen, APP_URL, DATABASE_URL }: DemoEnv): {
  warning?: string;
  note?: string;
} {
  if (isLoopback(APP_URL)) return {};
  if (DEMO) {
    return {
      warning: `demo mode is on at ${APP_URL}: everybody knows its passwords and can read the mail it sends; unset DEMO for anything real`,
    };
  }
  return isDemoChosen || DATABASE_URL
    ? {}
    : { note: `demo mode is off, because ${APP_URL} is a public address; DEMO=1 turns it on all the same` };
}

/** Accounts of the demo that its password still opens, whatever mode the product runs in now. */
export async function findOpenDemoAccounts(adminUrl: string): Promise<string[]> {
  const emails = demoOrganizations.flatMap(({ accounts }) => accounts.map(({ email }) => email));
  const open: string[] = [];
  for (const { email, hash } of await readPasswordHashes(adminUrl, emails)) {
    if ((await verifyPassword({ password: demoPassword, hash })).matches) open.push(email);
  }
  return open;
}

/** In one line, for a start and for the doctor. */
export function openAccountsWords(emails: string[]): string {
  return `${emails.length} demo accounts are open to everybody who knows their password (${emails.slice(0, 2).join(", ")}, …): change their passwords or remove them`;
}
