import { inTenantSql } from "@creneau/db/in-tenant";
import { mintTenantScope } from "@creneau/db/tenant-scope";
import type { Context } from "../context.ts";
import { passwordResetUntil } from "./password-reset.ts";
import { rolePermissions } from "./policy.ts";
import type { Viewer } from "./schema.ts";
import type { Session } from "./session.ts";

type Organization = NonNullable<NonNullable<Viewer>["organization"]>;

async function readOrganization({ database }: Context, organizationId: string): Promise<Organization | null> {
  const [organization] = await inTenantSql(database, mintTenantScope(organizationId), (tx) =>
    tx.query<Organization>(
      `SELECT id, slug, name, preset, timezone, slot_minutes AS "slotMinutes", undo_seconds AS "undoSeconds", accent, locale
       FROM organization WHERE id = $1::uuid`,
      [organizationId],
      "read_viewer_organization",
    ),
  );
  return organization ?? null;
}

/** Who is looking and where: everything the shell of the screens needs. */
export async function readViewer(ctx: Context, session: Session): Promise<Viewer> {
  const { user, seat, seats } = session;
  const resetUntil = passwordResetUntil(ctx.linkSignInAt, ctx.now());
  return {
    user,
    organization: seat && (await readOrganization(ctx, seat.organizationId)),
    role: seat?.role ?? null,
    providerId: seat?.providerId ?? null,
    siteIds: seat?.siteIds ?? [],
    organizations: seats.map(({ organizationId, slug, name, role }) => ({
      id: organizationId,
      slug,
      name,
      role,
    })),
    permissions: seat ? [...rolePermissions[seat.role]] : [],
    passwordResetUntil: resetUntil === null ? null : new Date(resetUntil).toISOString(),
  };
}
