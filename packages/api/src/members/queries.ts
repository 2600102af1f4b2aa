import type { TenantSql } from "@creneau/db/in-tenant";
import type { UserActor } from "../actor.ts";

import type { InvitationView, MemberView } from "./schema.ts";

type MemberRow = Omit<MemberView, "isSelf" | "createdAt"> & { createdAt: Date };

/** Seats of the organization, owners first; for a seat over some sites, those that share one with it. */
export async function listMembers(tx: TenantSql, actor: UserActor): Promise<MemberView[]> {
  const rows = await tx.query<MemberRow>(
    `SELECT m.id, m.user_id AS "userId", u.name, u.email, u.username, m.role::text AS role, m.site_ids AS "siteIds",
       p.id AS "providerId", m.created_at AS "createdAt"
     FROM membership m JOIN "user" u ON u.id = m.user_id
     LEFT JOIN provider p ON p.organization_id = m.organization_id AND p.user_id = m.user_id AND p.archived_at IS NULL
     WHERE m.organization_id = $1::uuid AND ($2::uuid[] IS NULL OR m.site_ids = '{}' OR m.site_ids && $2::uuid[])
     ORDER BY m.role, u.name, m.id`,
    [tx.scope.organizationId, actor.siteIds.length > 0 ? actor.siteIds : null],
    "list_members",
  );
  return rows.map((row) => ({
    ...row,
    isSelf: row.userId === actor.userId,
    createdAt: row.createdAt.toISOString(),
  }));
}

type InvitationRow = Omit<InvitationView, "expiresAt" | "isExpired"> & { expiresAt: Date };

/** Invitations that nobody has accepted yet, expired ones included; latest first. */
export async function listInvitations(
  tx: TenantSql,
  actor: UserActor,
  now: number,
): Promise<InvitationView[]> {
  const rows = await tx.query<InvitationRow>(
    `SELECT i.id, i.email, i.role::text AS role, i.site_ids AS "siteIds", u.name AS "invitedBy", i.expires_at AS "expiresAt"
     FROM invitation i LEFT JOIN "user" u ON u.id = i.invited_by_id
     WHERE i.organization_id = $1::uuid AND i.accepted_at IS NULL
       AND ($2::uuid[] IS NULL OR i.site_ids = '{}' OR i.site_ids && $2::uuid[])
     ORDER BY i.created_at DESC, i.id LIMIT 200`,
    [tx.scope.organizationId, actor.siteIds.length > 0 ? actor.siteIds : null],
    "list_invitations",
  );
  return rows.map((row) => ({
    ...row,
    expiresAt: row.expiresAt.toISOString(),
    isExpired: row.expiresAt.getTime() <= now,
  }));
}
