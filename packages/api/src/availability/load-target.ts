import type { TenantSql } from "@creneau/db/in-tenant";
import type { Actor } from "../actor.ts";
import { notFound } from "../errors.ts";

import { type AvailabilityTarget, requireAvailabilityChange } from "./policy.ts";

/** What hours or an absence belong to; a provider with a site means that provider at that site. */
export interface TargetIds {
  providerId?: string | null | undefined;
  siteId?: string | null | undefined;
  roomId?: string | null | undefined;
}

/** Finds the target and checks that the actor may change it. @throws AppError `not_found`, `forbidden` */
export async function loadTarget(tx: TenantSql, actor: Actor, ids: TargetIds): Promise<AvailabilityTarget> {
  const target = await findTarget(tx, ids);
  if (!target) throw notFound(ids.providerId ? "provider" : ids.roomId ? "room" : "site");
  requireAvailabilityChange(actor, target);
  return target;
}

async function findTarget(
  tx: TenantSql,
  { providerId, siteId, roomId }: TargetIds,
): Promise<AvailabilityTarget | null> {
  const statement = providerId
    ? `SELECT ps.site_id FROM provider p JOIN provider_site ps ON ps.organization_id = p.organization_id AND ps.provider_id = p.id
       WHERE p.organization_id = $1::uuid AND p.id = $2::uuid AND p.archived_at IS NULL AND ($3::uuid IS NULL OR ps.site_id = $3::uuid)`
    : roomId
      ? "SELECT site_id FROM room WHERE organization_id = $1::uuid AND id = $2::uuid AND archived_at IS NULL AND $3::uuid IS NULL"
      : "SELECT id AS site_id FROM site WHERE organization_id = $1::uuid AND id = $2::uuid AND archived_at IS NULL AND $3::uuid = id";
  const rows = await tx.query<{ site_id: string }>(statement, [
    tx.scope.organizationId,
    providerId ?? roomId ?? siteId,
    roomId ? null : (siteId ?? null),
  ]);
  if (rows.length === 0) return null;
  return { providerId: providerId ?? null, siteIds: rows.map(({ site_id }) => site_id) };
}
