import { verifyMail } from "@creneau/api/messages/verify-mail";
import type { StartEnv } from "../env.ts";
import { type Finding, fault, fine, hint } from "./finding.ts";

const about = "mail";

interface MailOptions {
  env: Pick<StartEnv, "SMTP_URL" | "MAIL_FROM" | "APP_URL" | "DEMO">;
  /** Somebody the product writes to; the conversation ends before a message is handed over. */
  recipient: string | null;
}

/** Whether the mail server takes a message from us to somebody: everything but the message itself is said to it. */
export async function checkMail({ env, recipient }: MailOptions): Promise<Finding[]> {
  const { SMTP_URL, MAIL_FROM, APP_URL, DEMO } = env;
  if (!SMTP_URL) {
    return DEMO
      ? [fine(about, "the demo's own mailbox takes it; nothing leaves this machine")]
      : [
          fault(
            about,
            "no mail leaves: confirmations, sign-in links and invitations are not sent",
            "set SMTP_URL and MAIL_FROM",
          ),
        ];
  }
  const from = MAIL_FROM ?? `no-reply@${new URL(APP_URL).hostname}`;
  const findings: Finding[] = [];
  const refusal = await verifyMail({ smtpUrl: SMTP_URL, from, to: recipient });
  if (refusal) {
    const mend = {
      connection: "look at host, port and network of SMTP_URL (smtps:// where it speaks TLS from the start)",
      login: "look at user and password of SMTP_URL",
      sender: `set MAIL_FROM to an address that this server may send for (it was ${refusal.address})`,
      recipient: "let this login send to everybody: it relays for nobody, or not for this address",
      message: "ask whoever runs the mail server",
    }[refusal.step];
    findings.push(
      fault(about, `${new URL(SMTP_URL).host} refuses the ${refusal.step}: ${refusal.says}`, mend),
    );
  } else findings.push(fine(about, `${new URL(SMTP_URL).host} takes mail from ${from}`));
  if (!MAIL_FROM)
    findings.push(hint(about, `mail comes from ${from}`, "set MAIL_FROM to an address of yours"));
  return findings;
}
