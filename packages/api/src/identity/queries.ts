import { inTenantSql } from "@creneau/db/in-tenant";
import type { Services } from "../services.ts";
import { scopeOfSeat } from "../tenant-doors.ts";
import { passwordResetUntil } from "./password-reset.ts";
import { seatPermissions } from "./policy.ts";
import type { Viewer } from "./schema.ts";
import type { Browser, Seat, Session } from "./session.ts";

type Organization = NonNullable<NonNullable<Viewer>["organization"]>;

/** What a browser asks of the process here. */
type Visit = Browser & Pick<Services, "database" | "now">;

/** Sites that a screen still loads at once, with everybody who works there. */
const fewSites = 200;

async function readOrganization(
  { database }: Visit,
  { organizationId, siteIds }: Seat,
): Promise<Organization | null> {
  const [organization] = await inTenantSql(database, scopeOfSeat({ organizationId }), (tx) =>
    tx.query<Organization>(
      `SELECT id, slug, name, preset, timezone, slot_minutes AS "slotMinutes", undo_seconds AS "undoSeconds", accent, locale,
         CASE WHEN cardinality($2::uuid[]) > 0 THEN cardinality($2::uuid[]) > $3::integer
           ELSE EXISTS (SELECT FROM site s WHERE s.organization_id = $1::uuid AND s.archived_at IS NULL OFFSET $3::integer)
         END AS "hasManySites"
       FROM organization WHERE id = $1::uuid`,
      [organizationId, siteIds, fewSites],
      "read_viewer_organization",
    ),
  );
  return organization ?? null;
}

/** Who is looking and where: everything the shell of the screens needs. */
export async function readViewer(visit: Visit, session: Session): Promise<Viewer> {
  const { user, seat, seats } = session;
  const resetUntil = passwordResetUntil(visit.linkSignInAt, visit.now());
  return {
    user,
    organization: seat && (await readOrganization(visit, seat)),
    role: seat?.role ?? null,
    providerId: seat?.providerId ?? null,
    siteIds: seat?.siteIds ?? [],
    organizations: seats.map(({ organizationId, slug, name, role }) => ({
      id: organizationId,
      slug,
      name,
      role,
    })),
    permissions: seat ? seatPermissions(seat) : [],
    passwordResetUntil: resetUntil === null ? null : new Date(resetUntil).toISOString(),
  };
}
