import type { TenantSql } from "@creneau/db/in-tenant";
import { linkHash, manageTokenOf, portalTokenOf } from "../booking/link-tokens.ts";
import type { NoticeKind } from "./decide-notice.ts";
import type { Reader } from "./queries.ts";

/** Tokens a client's mail may carry; null for one that would not open anything. */
export interface ClientTokens {
  manage: string | null;
  portal: string | null;
}

/**
 * The tokens of the client of an appointment, made to work if nobody was given one yet (staff booked). A row that
 * remembers another token keeps it: a link already in somebody's hands, such as that of a merged client, outlives this
 * mail. Safe to run any number of times, and at the same time.
 */
export async function openClientLinks(
  tx: TenantSql,
  { secret, appointmentId, clientId }: { secret: string; appointmentId: string; clientId: string },
): Promise<ClientTokens> {
  const tokens = {
    manage: manageTokenOf(secret, appointmentId),
    portal: portalTokenOf(secret, clientId),
  };
  const hashes = { manage: linkHash(tokens.manage), portal: linkHash(tokens.portal) };
  // The column is indexed, so the row is written anew under the exclusion constraints: as every writer, behind the lock.
  await tx.query(
    `SELECT lock_agendas(ARRAY[provider_id, room_id]) FROM appointment
     WHERE organization_id = $1::uuid AND id = $2::uuid AND manage_token_hash IS NULL`,
    [tx.scope.organizationId, appointmentId],
    "lock_agendas_for_link",
  );
  await tx.query(
    `UPDATE appointment SET manage_token_hash = $3
     WHERE organization_id = $1::uuid AND id = $2::uuid AND manage_token_hash IS NULL`,
    [tx.scope.organizationId, appointmentId, hashes.manage],
    "open_manage_link",
  );
  await tx.query(
    `UPDATE client SET portal_token_hash = $3
     WHERE organization_id = $1::uuid AND id = $2::uuid AND portal_token_hash IS NULL`,
    [tx.scope.organizationId, clientId, hashes.portal],
    "open_portal_link",
  );
  const [row] = await tx.query<{ manage: string | null; portal: string | null }>(
    `SELECT a.manage_token_hash AS manage, c.portal_token_hash AS portal
     FROM appointment a JOIN client c ON c.organization_id = a.organization_id AND c.id = $3::uuid
     WHERE a.organization_id = $1::uuid AND a.id = $2::uuid AND c.archived_at IS NULL`,
    [tx.scope.organizationId, appointmentId, clientId],
    "client_link_hashes",
  );
  return {
    manage: row?.manage === hashes.manage ? tokens.manage : null,
    portal: row?.portal === hashes.portal ? tokens.portal : null,
  };
}

/** Addresses for a client's mail; null for what they cannot do. */
export interface ClientLinks {
  /** Where they move or cancel the appointment. */
  manage: string | null;
  /** Where they see all their appointments. */
  portal: string | null;
}

/** What is cancelled can no longer be moved; the portal stays open. */
export function clientLinks(
  { manage, portal }: ClientTokens,
  { appUrl, reader, kind }: { appUrl: string; reader: Reader; kind: NoticeKind },
): ClientLinks {
  const base = `${appUrl.replace(/\/$/, "")}/${reader.locale}`;
  return {
    manage: manage && kind !== "cancelled" ? `${base}/manage/${manage}` : null,
    portal: portal && `${base}/portal/${portal}`,
  };
}
