import { inTenant } from "@creneau/db/in-tenant";
import type { z } from "zod";
import { sitesInReach } from "../actor.ts";
import { notFound } from "../errors.ts";
import { regionOfPlace } from "../phones/find-region.ts";
import { readPhone } from "../phones/read-phone.ts";
import { differences, recordChange } from "../record-change.ts";
import type { TenantWork } from "../tenant-work.ts";
import { refuseDuplicate } from "./already-exists.ts";
import { directoryChange } from "./events.ts";
import { requireDirectoryAction, requireEverySite } from "./policy.ts";
import { listSites } from "./queries.ts";
import type { createSiteInput, SiteView, updateSiteInput } from "./schema.ts";
import { freeSlug } from "./slug.ts";

/** Opens a site. Its zone is the organization's unless given. Errors: `forbidden`, `already_exists` (slug). */
export function createSite(work: TenantWork, input: z.output<typeof createSiteInput>): Promise<SiteView> {
  requireDirectoryAction(work.actor, "directory.change");
  requireEverySite(work.actor);
  return refuseDuplicate("slug", () =>
    inTenant(work.database, work.scope, async (tx) => {
      const { organizationId } = tx.scope;
      const slug = input.slug ?? (await freeSlug(tx, "site", input.name));
      const { timezone } = await tx.db.organization.findUniqueOrThrow({
        where: { id: organizationId },
        select: { timezone: true },
      });
      const region = regionOfPlace({
        timezone: input.timezone ?? timezone,
        postalCode: input.postalCode ?? null,
      });
      const phone = input.phone ? readPhone(input.phone, { region }) : null;
      const { id } = await tx.db.site.create({
        data: { timezone, ...input, slug, phone, organizationId },
        select: { id: true },
      });
      await recordChange(
        tx,
        work,
        directoryChange({
          kind: "site",
          action: "created",
          id,
          diff: { name: input.name, slug },
        }),
      );
      return oneSite(await listSites(tx, { ids: [id] }));
    }),
  );
}

/** Changes a site the member covers. Errors: `forbidden`, `not_found`, `already_exists` (slug). */
export function updateSite(
  work: TenantWork,
  { id, ...input }: z.output<typeof updateSiteInput>,
): Promise<SiteView> {
  requireDirectoryAction(work.actor, "directory.change");
  return refuseDuplicate("slug", () =>
    inTenant(work.database, work.scope, async (tx) => {
      const filter = { ids: [id], siteIds: sitesInReach(work.actor) };
      const before = oneSite(await listSites(tx, filter));
      const region = regionOfPlace({
        timezone: input.timezone ?? before.timezone,
        postalCode: input.postalCode === undefined ? before.postalCode : input.postalCode,
      });
      const phone = input.phone ? readPhone(input.phone, { region }) : input.phone;
      await tx.db.site.update({
        where: { organizationId_id: { organizationId: tx.scope.organizationId, id } },
        data: { ...input, phone },
        select: { id: true },
      });
      const after = oneSite(await listSites(tx, filter));
      await recordChange(
        tx,
        work,
        directoryChange({
          kind: "site",
          action: "changed",
          id,
          diff: differences(before, after),
        }),
      );
      return after;
    }),
  );
}

function oneSite(rows: SiteView[]): SiteView {
  const site = rows[0];
  if (!site) throw notFound("site");
  return site;
}
