import { inTenantSql, type TenantSql } from "@creneau/db/in-tenant";
import type { TenantScope } from "@creneau/db/tenant-scope";
import type { JobServices } from "../jobs/define-job.ts";
import { scopeOfJob } from "../tenant-doors.ts";
import { claimNotice, settleNotice } from "./claim-notice.ts";
import { type ClientTokens, clientLinks, openClientLinks } from "./client-links.ts";
import { decideNotice, type NoticeKind } from "./decide-notice.ts";
import { MailError } from "./mailer.ts";
import { noticeCalendar } from "./notice-calendar.ts";
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
  const scope = scopeOfJob(data);
  const due = await inTenantSql(services.database, scope, (tx) => findDueNotices(tx, data, services));
  const failures: unknown[] = [];
  for (const notice of due) {
    try {
      await sendNotice({ scope, data, ...notice }, services);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}

interface DueNotice {
  facts: AppointmentFacts;
  reader: Reader;
  kind: NoticeKind;
  /** The client's alone; null for anybody else. */
  tokens: ClientTokens | null;
}

async function findDueNotices(
  tx: TenantSql,
  data: NotifyData,
  { now, linkSecret }: JobServices,
): Promise<DueNotice[]> {
  const { appointmentId } = data;
  const facts = await readAppointmentFacts(tx, { appointmentId, now: new Date(now()) });
  if (!facts) return [];
  const lastTold = await readLastTold(tx, appointmentId);
  const wasUndone = await readWasUndone(tx, data);
  const due: DueNotice[] = [];
  for (const reader of facts.readers) {
    const told = lastTold.get(reader.email.toLowerCase()) ?? null;
    const kind = decideNotice({ told, current: facts.state, change: data.change, wasUndone });
    if (!kind) continue;
    const { clientId } = facts;
    const tokens =
      reader.isClient && clientId
        ? await openClientLinks(tx, { secret: linkSecret, appointmentId, clientId })
        : null;
    due.push({ facts, reader, kind, tokens });
  }
  return due;
}

async function sendNotice(
  { scope, data, facts, reader, kind, tokens }: DueNotice & { scope: TenantScope; data: NotifyData },
  { database, mailer, log, appUrl }: JobServices,
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
      ...renderNotice({
        kind,
        facts,
        reader,
        links: tokens && clientLinks(tokens, { appUrl, reader, kind }),
      }),
      calendar: noticeCalendar({ appointmentId: data.appointmentId, facts, reader, sender: mailer.address }),
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
