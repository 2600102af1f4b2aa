import { isLoopback, type StartEnv } from "../env.ts";
import { findOpenDemoAccounts, openAccountsWords } from "../start/demo-mode.ts";
import { type Finding, fault, fine, hint } from "./finding.ts";

const about = "demo";

/** Demo mode, and accounts whose password everybody knows, where others can reach them. */
export async function checkDemo(
  { APP_URL, DEMO, HOST }: Pick<StartEnv, "APP_URL" | "DEMO" | "HOST">,
  adminUrl: string,
): Promise<Finding[]> {
  const isPublic = !isLoopback(APP_URL);
  const findings: Finding[] = [];
  if (DEMO && isPublic)
    findings.push(
      fault(
        about,
        `demo mode is on at the public address ${APP_URL}: everybody knows its passwords, and reads the sign-in links it mails at /demo/mailbox`,
        "set DEMO=0, and SMTP_URL for real mail",
      ),
    );
  const open = await findOpenDemoAccounts(adminUrl);
  if (open.length > 0 && isPublic && !DEMO)
    findings.push(
      fault(
        about,
        openAccountsWords(open),
        "start anew with an empty DATA_DIR, or change them on their profile pages",
      ),
    );
  const isExposed = !["127.0.0.1", "localhost", "::1"].includes(HOST);
  if (DEMO && !isPublic && isExposed)
    findings.push(
      hint(
        about,
        `demo mode listens on ${HOST}: whoever reaches the port can sign in`,
        "set DEMO=0 before others can",
      ),
    );
  return findings.length > 0
    ? findings
    : [fine(about, DEMO ? "on, for this machine alone" : "off, and no demo account is open")];
}
