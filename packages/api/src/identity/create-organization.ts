import { randomUUID } from "node:crypto";
import type { Database } from "@creneau/db/database";
import { inTenant } from "@creneau/db/in-tenant";
import { foldText } from "@creneau/domain/text/fold-text";
import { isValidZone } from "@creneau/domain/time/zone";
import { AppError } from "../errors.ts";
import { scopeOfNewOrganization } from "../tenant-doors.ts";

interface OrganizationWish {
  name: string;
  email: string;
  passwordHash: string;
  preset: "real_estate" | "medical" | "inspection" | "client_meetings" | "solo";
  timezone: string;
  locale: string;
  /** Minutes of the grid of its calendar. */
  slotMinutes: number;
}

/**
 * A new organization with its first owner. An account that exists already gets the seat and keeps its password.
 * The public name comes from the organization's; a number follows it where it is taken.
 *
 * @throws AppError `invalid_input` for a zone that does not exist.
 */
export async function createOrganization(
  database: Database,
  { name, email, passwordHash, preset, timezone, locale, slotMinutes }: OrganizationWish,
): Promise<{ organizationId: string; slug: string; isNewUser: boolean }> {
  if (!isValidZone(timezone))
    throw new AppError("invalid_input", `Not a time zone: ${timezone}`, { field: "timezone" });
  const known = await database.prisma.user.findUnique({ where: { email }, select: { id: true } });
  const user =
    known ??
    (await database.prisma.user.create({
      data: { email, name: email, passwordHash, locale, timezone },
      select: { id: true },
    }));
  const organizationId = randomUUID();
  const slug = await insertWithFreeSlug(slugOf(name), (wished) =>
    inTenant(database, scopeOfNewOrganization(organizationId), async ({ db }) => {
      await db.organization.createMany({
        data: [{ id: organizationId, slug: wished, name, preset, timezone, locale, slotMinutes }],
      });
      await db.membership.create({ data: { organizationId, userId: user.id, role: "owner" } });
    }),
  );
  return { organizationId, slug, isNewUser: known === null };
}

/** Lower case, without accents, words joined by hyphens. */
function slugOf(name: string): string {
  return (
    foldText(name.replace(/['’]/g, " "))
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-|-$/g, "")
      .slice(0, 60) || "organization"
  );
}

/** Row-level security hides who has a slug, so the unique index is asked: first the plain name, then with a number. */
async function insertWithFreeSlug(wanted: string, insert: (slug: string) => Promise<void>): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    const slug = attempt === 1 ? wanted : `${wanted}-${attempt}`;
    try {
      await insert(slug);
      return slug;
    } catch (error) {
      if (attempt >= 50 || !isTaken(error)) throw error;
    }
  }
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && (error as { code?: string }).code === "P2002";
}
