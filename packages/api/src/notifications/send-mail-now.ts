import { setTimeout as wait } from "node:timers/promises";
import type { Log } from "../services.ts";
import { type Mail, MailError, type Mailer } from "./mailer.ts";

const retryDelaysMs = [500, 2000, 5000];

/**
 * Sends a mail that holds a secret link, after the commit that made it. Such a link never goes through the job queue,
 * where it would lie in clear; the person is waiting and asks for another one if this one never comes. Call it without
 * awaiting, so that the answer's time does not tell whether the address is known. Never throws; false when given up.
 */
export async function sendMailNow(
  mail: Mail,
  { mailer, log }: { mailer: Pick<Mailer, "send">; log: Log },
): Promise<boolean> {
  for (let attempt = 0; ; attempt++) {
    try {
      await mailer.send(mail);
      return true;
    } catch (error) {
      const delay = retryDelaysMs[attempt];
      const isPermanent = error instanceof MailError && error.isPermanent;
      if (delay === undefined || isPermanent) {
        log.error(
          { reason: error instanceof MailError ? error.reason : "failed", attempts: attempt + 1 },
          "Mail given up",
        );
        return false;
      }
      await wait(delay, undefined, { ref: false });
    }
  }
}
