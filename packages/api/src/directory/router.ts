import { inTenantSql, type TenantSql } from "@creneau/db/in-tenant";
import { z } from "zod";
import type { Member } from "../identity/session.ts";
import { router, tenantProcedure } from "../trpc.ts";
import { requireDirectoryAction, sitesInReach } from "./policy.ts";
import { type DirectoryFilter, listProviders, listRooms, listServices, listSites, readOrganization } from "./queries.ts";
import { listInput, organizationView, providerView, roomView, serviceView, siteView } from "./schema.ts";

/** The list procedure of one kind, restricted to what the seat covers. */
function listOf<View extends z.ZodType>(view: View, list: (tx: TenantSql, filter: DirectoryFilter) => Promise<z.input<View>[]>) {
  return tenantProcedure
    .input(listInput)
    .output(z.object({ items: z.array(view) }))
    .query(({ ctx, input }) => {
      requireListing(ctx.member, input.includeArchived);
      const filter = { siteIds: sitesInReach(ctx.member, input.siteIds), includeArchived: input.includeArchived };
      return inTenantSql(ctx.database, ctx.member.scope, async (tx) => ({ items: await list(tx, filter) }));
    });
}

function requireListing(member: Member, includeArchived: boolean): void {
  requireDirectoryAction(member, "directory.view");
  if (includeArchived) requireDirectoryAction(member, "archived.view");
}

export const directoryRouter = router({
  sites: router({ list: listOf(siteView, listSites) }),
  rooms: router({ list: listOf(roomView, listRooms) }),
  providers: router({ list: listOf(providerView, listProviders) }),
  services: router({ list: listOf(serviceView, listServices) }),
  organization: router({
    get: tenantProcedure
      .output(organizationView)
      .query(({ ctx }) => inTenantSql(ctx.database, ctx.member.scope, readOrganization)),
  }),
});
