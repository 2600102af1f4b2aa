import { inTenantSql, type TenantSql } from "@creneau/db/in-tenant";
import { z } from "zod";
import { sitesInReach } from "../actor.ts";
import { declaredItems } from "../declare-output.ts";
import { router, tenantProcedure } from "../trpc.ts";
import { archive } from "./archive.ts";
import { changeOrganization } from "./change-organization.ts";
import { clientsRouter, subjectsRouter } from "./clients-router.ts";
import type { DirectoryKind } from "./events.ts";
import { pageOf } from "./list-page.ts";
import { onDirectoryChange } from "./on-change.ts";
import { requireDirectoryAction } from "./policy.ts";
import {
  type DirectoryFilter,
  listProviders,
  listRooms,
  listServices,
  listSites,
  readOrganization,
} from "./queries.ts";
import { createProvider, updateProvider } from "./save-provider.ts";
import { createRoom, updateRoom } from "./save-room.ts";
import { createService, updateService } from "./save-service.ts";
import { createSite, updateSite } from "./save-site.ts";
import {
  archivedView,
  archiveInput,
  changedKind,
  createProviderInput,
  createRoomInput,
  createServiceInput,
  createSiteInput,
  listInput,
  organizationView,
  providerView,
  roomView,
  serviceView,
  siteView,
  updateOrganizationInput,
  updateProviderInput,
  updateRoomInput,
  updateServiceInput,
  updateSiteInput,
} from "./schema.ts";

/** The list procedure of one kind, restricted to what the seat covers. */
function listOf<View extends z.ZodType<{ id: string }>>(
  view: View,
  list: (tx: TenantSql, filter: DirectoryFilter) => Promise<z.input<View>[]>,
) {
  return tenantProcedure
    .input(listInput)
    .output(z.object({ items: z.array(view), nextCursor: z.uuid().nullable() }))
    .query(({ ctx, input }) => {
      requireDirectoryAction(ctx.work.actor, "directory.view");
      if (input.includeArchived) requireDirectoryAction(ctx.work.actor, "archived.view");
      const filter = { ...input, siteIds: sitesInReach(ctx.work.actor, input.siteIds) };
      return inTenantSql(ctx.work.database, ctx.work.scope, (tx) =>
        pageOf<z.input<View>>(filter, (wider) => list(tx, wider)),
      );
    });
}

function archiveOf(kind: DirectoryKind) {
  return tenantProcedure
    .input(archiveInput)
    .output(archivedView)
    .mutation(({ ctx, input }) => archive(ctx.work, kind, input));
}

export const directoryRouter = router({
  sites: router({
    list: listOf(siteView, listSites),
    create: tenantProcedure
      .input(createSiteInput)
      .output(siteView)
      .mutation(({ ctx, input }) => createSite(ctx.work, input)),
    update: tenantProcedure
      .input(updateSiteInput)
      .output(siteView)
      .mutation(({ ctx, input }) => updateSite(ctx.work, input)),
    archive: archiveOf("site"),
  }),
  rooms: router({
    list: listOf(roomView, listRooms),
    create: tenantProcedure
      .input(createRoomInput)
      .output(roomView)
      .mutation(({ ctx, input }) => createRoom(ctx.work, input)),
    update: tenantProcedure
      .input(updateRoomInput)
      .output(roomView)
      .mutation(({ ctx, input }) => updateRoom(ctx.work, input)),
    archive: archiveOf("room"),
  }),
  providers: router({
    list: listOf(providerView, listProviders),
    create: tenantProcedure
      .input(createProviderInput)
      .output(providerView)
      .mutation(({ ctx, input }) => createProvider(ctx.work, input)),
    update: tenantProcedure
      .input(updateProviderInput)
      .output(providerView)
      .mutation(({ ctx, input }) => updateProvider(ctx.work, input)),
    archive: archiveOf("provider"),
  }),
  services: router({
    list: listOf(serviceView, listServices),
    create: tenantProcedure
      .input(createServiceInput)
      .output(serviceView)
      .mutation(({ ctx, input }) => createService(ctx.work, input)),
    update: tenantProcedure
      .input(updateServiceInput)
      .output(serviceView)
      .mutation(({ ctx, input }) => updateService(ctx.work, input)),
    archive: archiveOf("service"),
  }),
  clients: clientsRouter,
  subjects: subjectsRouter,
  organization: router({
    get: tenantProcedure
      .output(organizationView)
      .query(({ ctx }) => inTenantSql(ctx.work.database, ctx.work.scope, readOrganization)),
    update: tenantProcedure
      .input(updateOrganizationInput)
      .output(organizationView)
      .mutation(({ ctx, input }) => changeOrganization(ctx.work, input)),
  }),
  onChange: tenantProcedure
    .output(declaredItems(z.object({ kinds: z.array(changedKind) })))
    .subscription(({ ctx, signal }) => onDirectoryChange(ctx.work, signal)),
});
