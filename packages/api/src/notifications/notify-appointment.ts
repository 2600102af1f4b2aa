import { inTenantSql } from "@creneau/db/in-tenant";
import type { TenantScope } from "@creneau/db/tenant-scope";
import { type JobServices, jobScope } from "../jobs/define-job.ts";
import { claimNotice, settleNotice } from "./claim-notice.ts";
import { decideNotice, type NoticeKind } from "./decide-notice.ts";
import { MailError } from "./mailer.ts";
import {
  type AppointmentFacts,
  type Reader,
  readAppointmentFacts,
  readLastTold,
  readWasUndone,
} from "./queries.ts";
import { renderNotice } from "./render-notice.ts";

/** Ids of the change that queued the notice. */
export interface NotifyData {
  organizationId: string;
  appointmentId: string;
  change: string;
  version: number;
}

/**
 * Tells each reader what is true now and they do not know yet, which may be nothing: the change was undone, or a later
 * notice already said it. Safe to run any number of times. A worker killed between the mail server's answer and our
 * record of it is the one case where a mail goes out twice, then under the same Message-ID.
 */
export async function notifyAppointment(data: NotifyData, services: JobServices): Promise<void> {
  const scope = jobScope(data);
  const { facts, lastTold, wasUndone } = await inTenantSql(services.database, scope, async (tx) => ({
    facts: await readAppointmentFacts(tx, {
      appointmentId: data.appointmentId,
      now: new Date(services.now()),
    }),
    lastTold: await readLastTold(tx, data.appointmentId),
    wasUndone: await readWasUndone(tx, data),
  }));
  if (!facts) return;
  const failures: unknown[] = [];
  for (const reader of facts.readers) {
    const told = lastTold.get(reader.email.toLowerCase()) ?? null;
    const kind = decideNotice({ told, current: facts.state, change: data.change, wasUndone });
    if (!kind) continue;
    try {
      await sendNotice({ scope, data, facts, reader, kind }, services);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}

async function sendNotice(
  {
    scope,
    data,
    facts,
    reader,
    kind,
  }: { scope: TenantScope; data: NotifyData; facts: AppointmentFacts; reader: Reader; kind: NoticeKind },
  { database, mailer, log }: JobServices,
): Promise<void> {
  const notice = {
    appointmentId: data.appointmentId,
    version: facts.version,
    kind,
    reader,
    told: facts.state,
  };
  const claim = await claimNotice(database, { scope, notice });
  if (claim === "sent") return;
  if (claim === "busy") throw new Error("Another worker is sending this notice");
  const { id } = claim;
  try {
    await mailer.send({
      to: reader.email,
      messageId: `<${id}@notice.creneau>`,
      ...renderNotice({ kind, facts, reader }),
    });
  } catch (error) {
    const reason = error instanceof MailError ? error.reason : "failed";
    await settleNotice(database, { scope, id, error: reason });
    if (!(error instanceof MailError && error.isPermanent)) throw error;
    log.warn({ notificationId: id, reason }, "A notice cannot be delivered");
    return;
  }
  await settleNotice(database, { scope, id, error: null });
}
