import { inTenantSql } from "@creneau/db/in-tenant";
import { mayReadContacts } from "../appointments/policy.ts";
import { loadAppointment } from "../appointments/queries.ts";
import type { TenantWork } from "../tenant-work.ts";
import type { SentNoticeView } from "./schema.ts";

interface NoticeRow {
  id: string;
  channel: string;
  template: string;
  recipient: string;
  state: SentNoticeView["state"] | "sending" | "dropped";
  sent_at: Date | null;
  updated_at: Date;
  attempts: number;
  last_error: string | null;
}

/** What was sent about an appointment, latest first; addresses only for who may read clients. Errors: `not_found`. */
export function readTimeline(
  work: TenantWork,
  { appointmentId }: { appointmentId: string },
): Promise<SentNoticeView[]> {
  return inTenantSql(work.database, work.scope, async (tx) => {
    await loadAppointment(tx, work.actor, appointmentId);
    const rows = await tx.query<NoticeRow>(
      `SELECT id, channel, template, recipient, state, sent_at, updated_at, attempts, last_error FROM notification
       WHERE organization_id = $1::uuid AND appointment_id = $2::uuid
       ORDER BY coalesce(sent_at, updated_at) DESC, id DESC LIMIT 200`,
      [tx.scope.organizationId, appointmentId],
      "notification_timeline",
    );
    const isReadable = mayReadContacts(work.actor);
    return rows.map((row) => toView(isReadable ? row : { ...row, recipient: "…" }));
  });
}

function toView(row: NoticeRow): SentNoticeView {
  return {
    id: row.id,
    channel: row.channel,
    kind: row.template,
    recipient: row.recipient,
    state: row.state === "sending" ? "waiting" : row.state === "dropped" ? "failed" : row.state,
    at: (row.sent_at ?? row.updated_at).toISOString(),
    attempts: row.attempts,
    reason: row.sent_at ? null : row.last_error,
  };
}
