/**
 * The demo organizations of the contract, around the present week so that every screen has something to show. The data
 * are made from a fixed seed: two demos started in the same week are alike.
 */
import { randomUUID } from "node:crypto";
import { advisoryLocks } from "@creneau/db/advisory-locks";
import { openDatabase } from "@creneau/db/database";
import type { TenantTx } from "@creneau/db/in-tenant";
import { hashPassword } from "../../packages/api/src/identity/password.ts";
import { agenda } from "./demo-agenda.ts";
import { demoClients } from "./demo-clients.ts";
import type { DemoOrganization } from "./demo-organization.ts";
import { demoOrganizations, demoPassword } from "./demo-organizations.ts";
import { seededRandom } from "./seeded-random.ts";

/** How long the seed may take, and wait for another process that is at it. */
const seedMs = 120_000;

/** The seed's one transaction, which goes from organization to organization. */
type SeedTx = Pick<TenantTx, "db">;

/**
 * Writes the demo organizations into a migrated database without accounts, all or nothing; false when somebody has an
 * account already. Several processes may ask at once: one writes, the others wait for it. `url` is the application's
 * connection.
 */
export async function seedDemo({ url, now = Date.now() }: { url: string; now?: number }): Promise<boolean> {
  const database = openDatabase({ url, poolSize: 1, statementMs: seedMs });
  try {
    const passwordHash = await hashPassword(demoPassword);
    return await database.prisma.$transaction(
      async (db) => {
        await db.$executeRaw`SELECT pg_advisory_xact_lock(${advisoryLocks.demoSeed})`;
        if (await db.user.findFirst({ select: { id: true } })) return false;
        for (const organization of demoOrganizations)
          await seedOrganization({ db }, organization, passwordHash, now);
        return true;
      },
      { timeout: seedMs },
    );
  } finally {
    await database.close();
  }
}

async function seedOrganization(
  tx: SeedTx,
  demo: DemoOrganization,
  passwordHash: string,
  now: number,
): Promise<void> {
  const organizationId = randomUUID();
  const userIds = new Map<string, string>();
  for (const { email, name, username } of demo.accounts) {
    const user = await tx.db.user.create({
      data: { email, name, username: username ?? null, passwordHash, emailVerifiedAt: new Date(now) },
    });
    userIds.set(email, user.id);
  }
  await tx.db.$executeRaw`SELECT set_config('app.organization_id', ${organizationId}, true)`;
  const { name, slug, preset, slotMinutes, accent, phone } = demo;
  await tx.db.organization.create({
    data: { id: organizationId, name, slug, preset, slotMinutes, accent, phone },
  });
  const sites = await seedSites(tx, demo, organizationId);
  await tx.db.membership.createMany({
    data: demo.accounts.map(({ email, role, site }) => ({
      organizationId,
      userId: userIds.get(email) ?? "",
      role,
      siteIds: site === undefined ? [] : [sites[site]?.id ?? ""],
    })),
  });
  await seedProviders(tx, demo, { organizationId, sites, userIds, now });
}

interface SeededSite {
  id: string;
  roomIds: string[];
}

async function seedSites(tx: SeedTx, demo: DemoOrganization, organizationId: string): Promise<SeededSite[]> {
  const seeded: SeededSite[] = [];
  for (const { rooms, hours, ...site } of demo.sites) {
    const { id } = await tx.db.site.create({ data: { organizationId, ...site } });
    const roomIds = rooms.map(() => randomUUID());
    await tx.db.room.createMany({
      data: rooms.map((name, index) => ({ organizationId, id: roomIds[index], siteId: id, name })),
    });
    await tx.db.availabilityRule.createMany({
      data: hours.map(({ isoWeekday, startMinute, endMinute }) => ({
        organizationId,
        siteId: id,
        isoWeekday,
        startMinute,
        endMinute,
      })),
    });
    seeded.push({ id, roomIds });
  }
  return seeded;
}

async function seedProviders(
  tx: SeedTx,
  demo: DemoOrganization,
  place: { organizationId: string; sites: SeededSite[]; userIds: Map<string, string>; now: number },
): Promise<void> {
  const { organizationId, sites, userIds, now } = place;
  const random = seededRandom(demo.slug);
  const clients = demoClients(random, demo.clientCount).map((client) => ({
    organizationId,
    id: randomUUID(),
    ...client,
  }));
  await tx.db.client.createMany({ data: clients });
  const subjects = demo.subjects(random, clients.length).map((subject, index) => ({
    organizationId,
    id: randomUUID(),
    clientId: clients[index % clients.length]?.id ?? null,
    ...subject,
  }));
  await tx.db.subject.createMany({ data: subjects });
  const services = demo.services.map((service, position) => ({
    organizationId,
    id: randomUUID(),
    position,
    ...service,
  }));
  await tx.db.service.createMany({ data: services });

  for (const [position, provider] of demo.providers.entries()) {
    const site = sites[provider.site];
    if (!site) throw new Error(`${demo.slug}: provider ${provider.name} has no site`);
    const { id: providerId } = await tx.db.provider.create({
      data: {
        organizationId,
        name: provider.name,
        title: provider.title,
        colour: provider.colour,
        skills: provider.skills,
        position,
        userId: provider.account ? (userIds.get(provider.account) ?? null) : null,
      },
    });
    await tx.db.providerSite.create({ data: { organizationId, providerId, siteId: site.id } });
    await tx.db.availabilityRule.createMany({
      data: provider.hours.map((window) => ({ organizationId, providerId, siteId: site.id, ...window })),
    });
    const offered = services.filter((service) =>
      service.requiredSkills.every((skill) => provider.skills.includes(skill)),
    );
    await tx.db.serviceProvider.createMany({
      data: offered.map((service) => ({ organizationId, providerId, serviceId: service.id })),
    });
    const timezone = demo.sites[provider.site]?.timezone ?? "Europe/Paris";
    const placed = agenda({
      random,
      now,
      timezone,
      hours: provider.hours,
      services: offered,
      slotMinutes: demo.slotMinutes,
      fill: demo.fill,
    });
    await tx.db.appointment.createMany({
      data: placed.map(({ service, ...appointment }, index) => {
        const client = clients[Math.floor(random() * clients.length)];
        const subject = subjects.find(({ clientId }) => clientId === client?.id);
        return {
          organizationId,
          siteId: site.id,
          providerId,
          serviceId: service.id,
          clientId: client?.id ?? null,
          subjectId: subject?.id ?? null,
          title: demo.title(service, subject?.label ?? null),
          locationKind: service.locationKind,
          priceCents: service.priceCents,
          // One room a provider: their appointments never overlap, so neither do the rooms'.
          roomId: service.needsRoom
            ? (site.roomIds[position % Math.max(1, site.roomIds.length)] ?? null)
            : null,
          source: index % 3 === 0 ? ("operator" as const) : ("web" as const),
          ...appointment,
        };
      }),
    });
  }
}
