import { type Mailer, openMailer, undeliverableMailer } from "@creneau/api/messages/open-mailer";
import type { Log } from "@creneau/api/services";
import { startMailbox } from "./simulators/mailbox.ts";

/**
 * The process's way to send mail: the configured server; in the demo the built-in mailbox, over SMTP all the same; else
 * none, which the log and each notice then say.
 */
export async function openMail({
  env,
  log,
}: {
  env: { SMTP_URL?: string | undefined; MAIL_FROM?: string | undefined; APP_URL: string; DEMO: boolean };
  log: Log;
}): Promise<{ mailer: Mailer; close(): Promise<void> }> {
  const from = env.MAIL_FROM ?? `Créneau <no-reply@${new URL(env.APP_URL).hostname}>`;
  const mailbox = !env.SMTP_URL && env.DEMO ? await startMailbox() : null;
  const smtpUrl = env.SMTP_URL ?? mailbox?.smtpUrl;
  const mailer = smtpUrl ? openMailer({ smtpUrl, from }) : undeliverableMailer(log);
  return {
    mailer,
    async close() {
      mailer.close();
      await mailbox?.close();
    },
  };
}
