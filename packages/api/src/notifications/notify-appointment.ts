import { inTenantSql, type TenantSql } from "@creneau/db/in-tenant";
import type { TenantScope } from "@creneau/db/tenant-scope";
import type { JobServices } from "../jobs/define-job.ts";
import { deliverMessage } from "../messages/deliver-message.ts";
import { scopeOfJob } from "../tenant-doors.ts";
import { type ClientTokens, clientLinks, openClientLinks } from "./client-links.ts";
import { decideNotice, type NoticeKind } from "./decide-notice.ts";
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
  // Side by side: a reader whose mail hangs keeps nobody else waiting.
  const sendings = await Promise.allSettled(
    due.map((notice) => sendNotice({ scope, data, ...notice }, services)),
  );
  const failure = sendings.find((sending) => sending.status === "rejected");
  if (failure) throw failure.reason;
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
  const wasUndone = await readWasUndone(tx, data);
  const facts = await readAppointmentFacts(tx, { appointmentId, now: new Date(now()) });
  if (!facts) return [];
  const lastTold = await readLastTold(tx, appointmentId);
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
  services: JobServices,
): Promise<void> {
  const { appointmentId } = data;
  const { appUrl, mailer } = services;
  const message = {
    key: `appointment:${appointmentId}:${facts.version}:email:${reader.email.toLowerCase()}`,
    template: kind,
    recipient: {
      channel: "email",
      address: reader.email,
      locale: reader.locale,
      timezone: reader.timezone,
    } as const,
    appointmentId,
    told: facts.state,
  };
  const render = () => ({
    ...renderNotice({
      appointmentId,
      kind,
      facts,
      reader,
      links: tokens && clientLinks(tokens, { appUrl, reader, kind }),
    }),
    calendar: noticeCalendar({ appointmentId, facts, reader, sender: mailer.address }),
  });
  await deliverMessage({ scope, message, render }, services);
}
