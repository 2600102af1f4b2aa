import { inTenant, type TenantTx } from "@creneau/db/in-tenant";
import type { z } from "zod";
import { sitesInReach } from "../actor.ts";
import { AppError, notFound } from "../errors.ts";
import { differences, recordChange } from "../record-change.ts";
import type { TenantWork } from "../tenant-work.ts";
import { refuseDuplicate } from "./already-exists.ts";
import { directoryChange } from "./events.ts";
import { refuseInUse } from "./future-appointments.ts";
import { requireDirectoryAction } from "./policy.ts";
import { listProviders, listServices } from "./queries.ts";
import { recordSeatChange } from "./record-seat-change.ts";
import type { createProviderInput, ProviderView, updateProviderInput } from "./schema.ts";

/** Adds a provider at sites the member covers. Errors: `forbidden`, `not_found`, `already_exists` (account taken). */
export function createProvider(
  work: TenantWork,
  input: z.output<typeof createProviderInput>,
): Promise<ProviderView> {
  requireDirectoryAction(work.actor, "directory.change");
  return refuseDuplicate("userId", () =>
    inTenant(work.database, work.scope, async (tx) => {
      const { organizationId } = tx.scope;
      const { siteIds, serviceIds = [], ...data } = input;
      await requireAccount(tx, work, data.userId);
      const { _max } = await tx.db.provider.aggregate({
        where: { organizationId },
        _max: { position: true },
      });
      const position = data.position ?? (_max.position ?? -1) + 1;
      const { id } = await tx.db.provider.create({
        data: { ...data, position, organizationId },
        select: { id: true },
      });
      await addSites(tx, work, id, siteIds);
      await addServices(tx, work, id, serviceIds);
      await recordChange(
        tx,
        work,
        directoryChange({
          kind: "provider",
          action: "created",
          id,
          diff: { name: data.name, siteIds },
        }),
      );
      await recordSeatChange(tx, work, [data.userId]);
      return oneProvider(await listProviders(tx, { ids: [id], siteIds: sitesInReach(work.actor) }));
    }),
  );
}

/**
 * Changes a provider the member shares a site with. A site is not left while appointments to come are there.
 * Errors: `forbidden`, `not_found`, `in_use`, `already_exists` (account taken), `invalid_input` (no site left).
 */
export function updateProvider(
  work: TenantWork,
  input: z.output<typeof updateProviderInput>,
): Promise<ProviderView> {
  requireDirectoryAction(work.actor, "directory.change");
  return refuseDuplicate("userId", () =>
    inTenant(work.database, work.scope, async (tx) => {
      const { id, siteIds, serviceIds, ...data } = input;
      const { organizationId } = tx.scope;
      const filter = { ids: [id], siteIds: sitesInReach(work.actor) };
      const before = oneProvider(await listProviders(tx, filter));
      if (data.userId !== before.userId) await requireAccount(tx, work, data.userId);
      await tx.db.provider.update({
        where: { organizationId_id: { organizationId, id } },
        data,
        select: { id: true },
      });
      if (siteIds) await replaceSites(tx, work, before, siteIds);
      if (serviceIds) {
        const added = serviceIds.filter((serviceId) => !before.serviceIds.includes(serviceId));
        await tx.db.serviceProvider.deleteMany({
          where: { organizationId, providerId: id, serviceId: { notIn: serviceIds } },
        });
        await addServices(tx, work, id, added);
      }
      const after = (await listProviders(tx, filter))[0] ?? before;
      await recordChange(
        tx,
        work,
        directoryChange({
          kind: "provider",
          action: "changed",
          id,
          diff: differences(before, after),
        }),
      );
      if (data.userId !== undefined && data.userId !== before.userId)
        await recordSeatChange(tx, work, [before.userId, data.userId]);
      return after;
    }),
  );
}

/** Of somebody whose seat the actor may know of. */
async function requireAccount(
  tx: TenantTx,
  { actor }: TenantWork,
  userId: string | null | undefined,
): Promise<void> {
  if (!userId) return;
  const siteIds = sitesInReach(actor);
  const seats = await tx.db.membership.count({
    where: {
      organizationId: tx.scope.organizationId,
      userId,
      ...(siteIds && { OR: [{ siteIds: { isEmpty: true } }, { siteIds: { hasSome: siteIds } }] }),
    },
  });
  if (seats === 0) throw notFound("member");
}

async function replaceSites(
  tx: TenantTx,
  work: TenantWork,
  before: ProviderView,
  siteIds: string[],
): Promise<void> {
  const { organizationId } = tx.scope;
  const left = before.siteIds.filter((siteId) => !siteIds.includes(siteId));
  for (const siteId of left) await refuseInUse(tx, { provider: before.id, site: siteId }, work.now);
  await tx.db.providerSite.deleteMany({
    where: { organizationId, providerId: before.id, siteId: { in: left } },
  });
  await addSites(
    tx,
    work,
    before.id,
    siteIds.filter((siteId) => !before.siteIds.includes(siteId)),
  );
  const remaining = await tx.db.providerSite.count({ where: { organizationId, providerId: before.id } });
  if (remaining === 0)
    throw new AppError("invalid_input", "A provider works at one site at least", { field: "siteIds" });
}

async function addSites(
  tx: TenantTx,
  work: TenantWork,
  providerId: string,
  siteIds: string[],
): Promise<void> {
  const { organizationId } = tx.scope;
  const wished = [...new Set(siteIds)];
  const covered = sitesInReach(work.actor, wished) ?? wished;
  const known = await tx.db.site.count({ where: { organizationId, id: { in: covered }, archivedAt: null } });
  if (known !== wished.length) throw notFound("site");
  await tx.db.providerSite.createMany({
    data: wished.map((siteId) => ({ organizationId, providerId, siteId })),
    skipDuplicates: true,
  });
}

/** Services concern every site: a seat limited to some gives out those that are offered there already. */
async function addServices(
  tx: TenantTx,
  { actor }: TenantWork,
  providerId: string,
  serviceIds: string[],
): Promise<void> {
  const { organizationId } = tx.scope;
  const wished = [...new Set(serviceIds)];
  const known = await listServices(tx, { ids: wished, siteIds: sitesInReach(actor), withProviders: false });
  if (known.length !== wished.length) throw notFound("service");
  await tx.db.serviceProvider.createMany({
    data: wished.map((serviceId) => ({ organizationId, providerId, serviceId })),
  });
}

function oneProvider(rows: ProviderView[]): ProviderView {
  const provider = rows[0];
  if (!provider) throw notFound("provider");
  return provider;
}
