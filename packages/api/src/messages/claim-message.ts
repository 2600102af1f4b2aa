import type { Database } from "@creneau/db/database";
import { inTenantSql } from "@creneau/db/in-tenant";
import type { TenantScope } from "@creneau/db/tenant-scope";
import { type MailLocale, mailLocale } from "./format-when.ts";

/** Longer than any one sending can take: a claim older than this belongs to a worker that died. */
const claimSeconds = 60;

/** Ways to a person. */
export type ChannelKind = "email";

/** To whom, by which way, and in which language and zone. */
export interface Recipient {
  channel: ChannelKind;
  address: string;
  locale: MailLocale;
  /** Of the times it tells; null for a message without any. */
  timezone: string | null;
}

/** A message about to be sent, as its row will say. */
export interface NewMessage {
  /** Unique in the organization: the same key is the same message, however often it is asked for. */
  key: string;
  /** What it says, by name; never its words. */
  template: string;
  recipient: Recipient;
  appointmentId?: string;
  /** What it tells its reader, to know later what they have heard. */
  told?: object;
}

/** The row is this worker's, with its id; "sent" when it was sent before (or is gone), "busy" while another worker is sending it. */
export type Claim = { id: string; address: string; locale: MailLocale } | "sent" | "busy";

interface ClaimedRow {
  id: string;
  recipient: string;
  locale: string;
}

function claimOf({ id, recipient, locale }: ClaimedRow): Claim {
  return { id, address: recipient, locale: mailLocale(locale) };
}

/**
 * Makes this worker the one that sends a message, and says so in its own transaction before anything is sent. The row is
 * made here when it is not there yet.
 */
export function claimMessage(
  database: Database,
  { scope, message }: { scope: TenantScope; message: NewMessage },
): Promise<Claim> {
  const { key, template, recipient, appointmentId, told } = message;
  return inTenantSql(database, scope, async (tx) => {
    const [claimed] = await tx.query<ClaimedRow>(
      `INSERT INTO notification AS n (organization_id, id, appointment_id, channel, recipient, template, locale,
         scheduled_for, dedupe_key, state, attempts, told, updated_at)
       VALUES (current_organization(), uuid_v7(), $1::uuid, $2, $3, $4, $5, now(), $6, 'sending', 1, $7::jsonb, now())
       ON CONFLICT (organization_id, dedupe_key) DO UPDATE
         SET state = 'sending', attempts = n.attempts + 1, last_error = NULL, told = EXCLUDED.told,
             template = EXCLUDED.template, updated_at = now()
         WHERE n.state IN ('waiting', 'failed', 'dropped')
            OR n.state = 'sending' AND n.updated_at < now() - $8::integer * interval '1 second'
       RETURNING n.id, n.recipient, n.locale`,
      [
        appointmentId ?? null,
        recipient.channel,
        recipient.address,
        template,
        recipient.locale,
        key,
        JSON.stringify(told ?? {}),
        claimSeconds,
      ],
      "claim_message",
    );
    if (claimed) return claimOf(claimed);
    const [row] = await tx.query<{ state: string }>(
      "SELECT state FROM notification WHERE organization_id = $1::uuid AND dedupe_key = $2",
      [tx.scope.organizationId, key],
      "message_state_by_key",
    );
    return row?.state === "sent" ? "sent" : "busy";
  });
}

/** The same for a message whose row has waited for its turn. */
export function claimWaitingMessage(
  database: Database,
  { scope, id }: { scope: TenantScope; id: string },
): Promise<Claim> {
  return inTenantSql(database, scope, async (tx) => {
    const [claimed] = await tx.query<ClaimedRow>(
      `UPDATE notification SET state = 'sending', attempts = attempts + 1, last_error = NULL, updated_at = now()
       WHERE organization_id = $1::uuid AND id = $2::uuid
         AND (state IN ('waiting', 'failed') OR state = 'sending' AND updated_at < now() - $3::integer * interval '1 second')
       RETURNING id, recipient, locale`,
      [tx.scope.organizationId, id, claimSeconds],
      "claim_waiting_message",
    );
    if (claimed) return claimOf(claimed);
    const [row] = await tx.query<{ state: string }>(
      "SELECT state FROM notification WHERE organization_id = $1::uuid AND id = $2::uuid",
      [tx.scope.organizationId, id],
      "message_state",
    );
    return row?.state === "sending" ? "busy" : "sent";
  });
}

/** How the sending of a claimed message ended; `reason` is short and holds neither address nor content. */
export type Outcome = { state: "sent" } | { state: "failed" | "dropped"; reason: string };

/** Records the outcome. */
export async function settleMessage(
  database: Database,
  { scope, id, outcome }: { scope: TenantScope; id: string; outcome: Outcome },
): Promise<void> {
  await inTenantSql(database, scope, (tx) =>
    tx.query(
      `UPDATE notification SET state = $3, sent_at = CASE WHEN $3 = 'sent' THEN now() END, last_error = $4, updated_at = now()
       WHERE organization_id = $1::uuid AND id = $2::uuid`,
      [tx.scope.organizationId, id, outcome.state, outcome.state === "sent" ? null : outcome.reason],
      "settle_message",
    ),
  );
}
