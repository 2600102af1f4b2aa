import type { TenantSql } from "@creneau/db/in-tenant";
import { linkHash, manageTokenOf, portalTokenOf } from "../booking/link-tokens.ts";
import { recordChange } from "../record-change.ts";
import type { NoticeKind } from "./decide-notice.ts";
import type { Reader } from "./queries.ts";

/** Tokens a client's mail may carry; null for one that would not open anything. */
export interface ClientTokens {
  manage: string | null;
  portal: string | null;
}

/**
 * The tokens of the client of an appointment, made to work if nobody was given one yet (staff booked), or those that were
 * given have been taken back. Safe to run any number of times, and at the same time.
 */
export async function openClientLinks(
  tx: TenantSql,
  { secret, appointmentId, clientId }: { secret: string; appointmentId: string; clientId: string },
): Promise<ClientTokens> {
  const { portal, version, isNew } = await openPortal(tx, { secret, clientId });
  if (isNew) {
    await recordChange(
      tx,
      { actor: { kind: "system", name: "notices" }, address: null },
      { type: "client.link_issued", entityId: clientId, payload: {}, diff: { appointmentId } },
    );
  }
  // What was booked online has the first of its tokens, however often others were taken back before.
  const manageTokens = [version, 0].map((each) => manageTokenOf(secret, appointmentId, each));
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
    [tx.scope.organizationId, appointmentId, linkHash(manageTokens[0] ?? "")],
    "open_manage_link",
  );
  const [row] = await tx.query<{ hash: string | null }>(
    `SELECT manage_token_hash AS hash FROM appointment WHERE organization_id = $1::uuid AND id = $2::uuid`,
    [tx.scope.organizationId, appointmentId],
    "manage_link_hash",
  );
  return { manage: manageTokens.find((token) => linkHash(token) === row?.hash) ?? null, portal };
}

/**
 * The token of a client's portal, made to work if nobody has one; null for a client who is archived, or whose row
 * remembers a token that is not of this version's making: that link lives on.
 */
export async function openPortal(
  tx: TenantSql,
  { secret, clientId }: { secret: string; clientId: string },
): Promise<{ portal: string | null; version: number; isNew: boolean }> {
  // Held to the commit: nobody takes the links back between this look and the mail's.
  const [client] = await tx.query<{ hash: string | null; version: number; isGone: boolean }>(
    `SELECT portal_token_hash AS hash, link_version AS version, archived_at IS NOT NULL AS "isGone" FROM client
     WHERE organization_id = $1::uuid AND id = $2::uuid FOR NO KEY UPDATE`,
    [tx.scope.organizationId, clientId],
    "client_for_links",
  );
  const version = client?.version ?? 0;
  const token = portalTokenOf(secret, clientId, version);
  const hash = linkHash(token);
  if (!client || client.isGone) return { portal: null, version, isNew: false };
  const isNew = client.hash === null;
  if (isNew) {
    await tx.query(
      "UPDATE client SET portal_token_hash = $3 WHERE organization_id = $1::uuid AND id = $2::uuid",
      [tx.scope.organizationId, clientId, hash],
      "open_portal_link",
    );
  }
  return { portal: isNew || client.hash === hash ? token : null, version, isNew };
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
