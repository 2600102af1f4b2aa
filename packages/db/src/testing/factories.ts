import { randomBytes } from "node:crypto";
import type { Database } from "../database.ts";
import { inTenant, type TenantTx } from "../in-tenant.ts";
import { mintTenantScope } from "../mint-tenant-scope.ts";
import type { TenantScope } from "../tenant-scope.ts";

/** An organization to work in. */
export interface TestOrganization {
  id: string;
  slug: string;
  scope: TenantScope;
}

type Role = "owner" | "admin" | "manager" | "provider" | "operator" | "viewer";
type Preset = "real_estate" | "medical" | "inspection" | "client_meetings" | "solo";

/** Something that no other row has. */
export function unique(prefix: string): string {
  return `${prefix}-${randomBytes(4).toString("hex")}`;
}

function insert<T>(
  database: Database,
  scope: TenantScope,
  work: (db: TenantTx["db"]) => Promise<T>,
): Promise<T> {
  return inTenant(database, scope, ({ db }) => work(db));
}

/** An organization without anything in it. */
export async function createOrganization(
  database: Database,
  {
    slug = unique("org"),
    name = slug,
    preset = "medical",
    timezone = "Europe/Paris",
  }: {
    slug?: string;
    name?: string;
    preset?: Preset;
    timezone?: string;
  } = {},
): Promise<TestOrganization> {
  const id = crypto.randomUUID();
  const scope = mintTenantScope(id);
  // Not `create`: its RETURNING would have to pass the policy before the row is visible.
  await insert(database, scope, (db) =>
    db.organization.createMany({ data: [{ id, slug, name, preset, timezone }] }),
  );
  return { id, slug, scope };
}

/** A person who can sign in with the password behind `passwordHash`, and belongs to nothing yet. */
export function createUser(
  database: Database,
  {
    email = `${unique("user")}@example.test`,
    name = email,
    passwordHash,
    username,
  }: {
    email?: string;
    name?: string;
    passwordHash?: string;
    username?: string;
  } = {},
): Promise<{ id: string; email: string; name: string }> {
  return database.prisma.user.create({
    data: { email, name, passwordHash: passwordHash ?? null, username: username ?? null },
    select: { id: true, email: true, name: true },
  });
}

/** A seat for a user. */
export function createMembership(
  database: Database,
  organization: TestOrganization,
  { userId, role = "owner", siteIds = [] }: { userId: string; role?: Role; siteIds?: string[] },
): Promise<{ id: string }> {
  return insert(database, organization.scope, (db) =>
    db.membership.create({
      data: { organizationId: organization.id, userId, role, siteIds },
      select: { id: true },
    }),
  );
}

/** A place, open whenever its providers are unless it is given opening hours. */
export function createSite(
  database: Database,
  { id: organizationId, scope }: TestOrganization,
  {
    slug = unique("site"),
    name = slug,
    timezone = "Europe/Paris",
  }: { slug?: string; name?: string; timezone?: string } = {},
): Promise<{ id: string; slug: string }> {
  return insert(database, scope, (db) =>
    db.site.create({ data: { organizationId, slug, name, timezone }, select: { id: true, slug: true } }),
  );
}

/** A room of a site. */
export function createRoom(
  database: Database,
  { id: organizationId, scope }: TestOrganization,
  { siteId, name = unique("room") }: { siteId: string; name?: string },
): Promise<{ id: string }> {
  return insert(database, scope, (db) =>
    db.room.create({ data: { organizationId, siteId, name }, select: { id: true } }),
  );
}

/**
 * A provider at a site. Works every day from 00:00 to 24:00 unless `weekly` says otherwise (ISO weekdays 1 to 7,
 * minutes of the local day).
 */
export function createProvider(
  database: Database,
  { id: organizationId, scope }: TestOrganization,
  {
    siteId,
    name = unique("provider"),
    userId,
    skills = [],
    weekly,
  }: {
    siteId: string;
    name?: string;
    userId?: string;
    skills?: string[];
    weekly?: { isoWeekday: number; startMinute: number; endMinute: number }[];
  },
): Promise<{ id: string }> {
  const windows =
    weekly ?? [1, 2, 3, 4, 5, 6, 7].map((isoWeekday) => ({ isoWeekday, startMinute: 0, endMinute: 1440 }));
  return insert(database, scope, async (db) => {
    const provider = await db.provider.create({
      data: { organizationId, name, skills, userId: userId ?? null },
      select: { id: true },
    });
    await db.providerSite.create({ data: { organizationId, providerId: provider.id, siteId } });
    await db.availabilityRule.createMany({
      data: windows.map((window) => ({ organizationId, providerId: provider.id, siteId, ...window })),
    });
    return provider;
  });
}

/** A service, offered by the given providers. */
export function createService(
  database: Database,
  { id: organizationId, scope }: TestOrganization,
  {
    slug = unique("service"),
    name = slug,
    durationMinutes = 30,
    providerIds = [],
    ...rest
  }: {
    slug?: string;
    name?: string;
    durationMinutes?: number;
    providerIds?: string[];
    bufferBefore?: number;
    bufferAfter?: number;
    needsRoom?: boolean;
  } = {},
): Promise<{ id: string; slug: string }> {
  return insert(database, scope, async (db) => {
    const service = await db.service.create({
      data: { organizationId, slug, name, durationMinutes, ...rest },
      select: { id: true, slug: true },
    });
    await db.serviceProvider.createMany({
      data: providerIds.map((providerId) => ({ organizationId, serviceId: service.id, providerId })),
    });
    return service;
  });
}
