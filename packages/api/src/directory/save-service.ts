import { inTenant, type TenantTx } from "@creneau/db/in-tenant";
import type { z } from "zod";
import { notFound } from "../errors.ts";
import { differences, recordChange } from "../record-change.ts";
import type { TenantWork } from "../tenant-work.ts";
import { refuseDuplicate } from "./already-exists.ts";
import { directoryChange } from "./events.ts";
import { requireDirectoryAction, requireEverySite } from "./policy.ts";
import { listServices } from "./queries.ts";
import type { createServiceInput, ServiceView, updateServiceInput } from "./schema.ts";
import { freeSlug } from "./slug.ts";

/** Adds a service. Errors: `forbidden`, `not_found` (a provider), `already_exists` (slug). */
export function createService(
  work: TenantWork,
  input: z.output<typeof createServiceInput>,
): Promise<ServiceView> {
  requireDirectoryAction(work.actor, "directory.change");
  requireEverySite(work.actor);
  return refuseDuplicate("slug", () =>
    inTenant(work.database, work.scope, async (tx) => {
      const { organizationId } = tx.scope;
      const { providerIds = [], ...data } = input;
      const slug = data.slug ?? (await freeSlug(tx, "service", data.name));
      const { _max } = await tx.db.service.aggregate({ where: { organizationId }, _max: { position: true } });
      const position = data.position ?? (_max.position ?? -1) + 1;
      const { id } = await tx.db.service.create({
        data: { ...data, slug, position, organizationId },
        select: { id: true },
      });
      await setProviders(tx, id, providerIds);
      await recordChange(
        tx,
        work,
        directoryChange({
          kind: "service",
          action: "created",
          id,
          diff: { name: data.name, slug },
        }),
      );
      return oneService(await listServices(tx, { ids: [id] }));
    }),
  );
}

/** Changes a service. Appointments keep what they were booked with. Errors as for `createService`. */
export function updateService(
  work: TenantWork,
  input: z.output<typeof updateServiceInput>,
): Promise<ServiceView> {
  requireDirectoryAction(work.actor, "directory.change");
  requireEverySite(work.actor);
  return refuseDuplicate("slug", () =>
    inTenant(work.database, work.scope, async (tx) => {
      const { id, providerIds, ...data } = input;
      const { organizationId } = tx.scope;
      const before = oneService(await listServices(tx, { ids: [id] }));
      await tx.db.service.update({
        where: { organizationId_id: { organizationId, id } },
        data,
        select: { id: true },
      });
      if (providerIds) await setProviders(tx, id, providerIds);
      const after = oneService(await listServices(tx, { ids: [id] }));
      await recordChange(
        tx,
        work,
        directoryChange({
          kind: "service",
          action: "changed",
          id,
          diff: differences(before, after),
        }),
      );
      return after;
    }),
  );
}

async function setProviders(tx: TenantTx, serviceId: string, providerIds: string[]): Promise<void> {
  const { organizationId } = tx.scope;
  const wished = [...new Set(providerIds)];
  const known = await tx.db.provider.count({
    where: { organizationId, id: { in: wished }, archivedAt: null },
  });
  if (known !== wished.length) throw notFound("provider");
  await tx.db.serviceProvider.deleteMany({ where: { organizationId, serviceId } });
  await tx.db.serviceProvider.createMany({
    data: wished.map((providerId) => ({ organizationId, serviceId, providerId })),
  });
}

function oneService(rows: ServiceView[]): ServiceView {
  const service = rows[0];
  if (!service) throw notFound("service");
  return service;
}
