import type { Database } from "@creneau/db/database";
import { inTenantSql } from "@creneau/db/in-tenant";
import type { TenantScope } from "@creneau/db/tenant-scope";
import type { NoticeKind, ToldState } from "./decide-notice.ts";
import { type MailLocale, mailLocale } from "./format-when.ts";
import type { Reader } from "./queries.ts";

/** Longer than any one sending can take: a claim older than this belongs to a worker that died. */
const claimSeconds = 60;

/** A notice about to be sent. */
export interface NewNotice {
  appointmentId: string;
  version: number;
  kind: NoticeKind;
  reader: Reader;
  told: ToldState;
}

/**
 * Makes this worker the one that sends the notice, and says so in its own transaction before anything is sent. Answers
 * the notice's id; "sent" when it was sent before, "busy" while another worker is sending it.
 */
export function claimNotice(
  database: Database,
  { scope, notice }: { scope: TenantScope; notice: NewNotice },
): Promise<{ id: string } | "sent" | "busy"> {
  const dedupeKey = `appointment:${notice.appointmentId}:${notice.version}:email:${notice.reader.email.toLowerCase()}`;
  return inTenantSql(database, scope, async (tx) => {
    const [claimed] = await tx.query<{ id: string }>(
      `INSERT INTO notification AS n (organization_id, id, appointment_id, channel, recipient, template, locale,
         scheduled_for, dedupe_key, attempts, told, updated_at)
       VALUES (current_organization(), uuid_v7(), $1::uuid, 'email', $2, $3, $4, now(), $5, 1, $6::jsonb, now())
       ON CONFLICT (organization_id, dedupe_key) DO UPDATE
         SET attempts = n.attempts + 1, last_error = NULL, told = EXCLUDED.told, template = EXCLUDED.template, updated_at = now()
         WHERE n.sent_at IS NULL AND (n.last_error IS NOT NULL OR n.updated_at < now() - $7::integer * interval '1 second')
       RETURNING n.id`,
      [
        notice.appointmentId,
        notice.reader.email,
        notice.kind,
        notice.reader.locale,
        dedupeKey,
        JSON.stringify(notice.told),
        claimSeconds,
      ],
    );
    if (claimed) return claimed;
    const [row] = await tx.query<{ sent: boolean }>(
      "SELECT sent_at IS NOT NULL AS sent FROM notification WHERE dedupe_key = $1",
      [dedupeKey],
    );
    return row?.sent ? "sent" : "busy";
  });
}

/**
 * Makes this worker the one that sends a message that waits. Answers whom it is for; "sent" when it was sent before (or
 * is gone), "busy" while another worker is sending it.
 */
export function claimMessage(
  database: Database,
  { scope, id }: { scope: TenantScope; id: string },
): Promise<{ recipient: string; locale: MailLocale } | "sent" | "busy"> {
  return inTenantSql(database, scope, async (tx) => {
    const [claimed] = await tx.query<{ recipient: string; locale: string }>(
      `UPDATE notification SET attempts = attempts + 1, last_error = NULL, updated_at = now()
       WHERE organization_id = $1::uuid AND id = $2::uuid AND sent_at IS NULL
         AND (attempts = 0 OR last_error IS NOT NULL OR updated_at < now() - $3::integer * interval '1 second')
       RETURNING recipient, locale`,
      [tx.scope.organizationId, id, claimSeconds],
      "claim_message",
    );
    if (claimed) return { ...claimed, locale: mailLocale(claimed.locale) };
    const [row] = await tx.query<{ isSent: boolean }>(
      `SELECT sent_at IS NOT NULL AS "isSent" FROM notification WHERE organization_id = $1::uuid AND id = $2::uuid`,
      [tx.scope.organizationId, id],
      "message_is_sent",
    );
    return row && !row.isSent ? "busy" : "sent";
  });
}

/** Records how the sending of a claimed notice ended. */
export async function settleNotice(
  database: Database,
  { scope, id, error }: { scope: TenantScope; id: string; error: string | null },
): Promise<void> {
  await inTenantSql(database, scope, (tx) =>
    tx.query(
      `UPDATE notification SET sent_at = CASE WHEN $2::text IS NULL THEN now() END, last_error = $2::text, updated_at = now()
       WHERE id = $1::uuid`,
      [id, error],
    ),
  );
}
