import { inTenant } from "@creneau/db/in-tenant";
import type { z } from "zod";
import { regionOfPlace } from "../phones/find-region.ts";
import { readPhone } from "../phones/read-phone.ts";
import { differences, recordChange } from "../record-change.ts";
import type { TenantWork } from "../tenant-work.ts";
import { requireDirectoryAction, requireEverySite } from "./policy.ts";
import { readOrganization } from "./queries.ts";
import type { OrganizationView, updateOrganizationInput } from "./schema.ts";

/** Changes name and settings of the organization. Errors: `forbidden`, `invalid_input`. */
export function changeOrganization(
  work: TenantWork,
  input: z.output<typeof updateOrganizationInput>,
): Promise<OrganizationView> {
  requireDirectoryAction(work.actor, "organization.change");
  requireEverySite(work.actor);
  return inTenant(work.database, work.scope, async (tx) => {
    const id = tx.scope.organizationId;
    const before = await readOrganization(tx);
    const region = regionOfPlace({ timezone: input.timezone ?? before.timezone });
    const phone = input.phone ? readPhone(input.phone, { region }) : input.phone;
    await tx.db.organization.update({ where: { id }, data: { ...input, phone }, select: { id: true } });
    const after = await readOrganization(tx);
    await recordChange(tx, work, {
      type: "organization.changed",
      entityId: id,
      payload: {},
      diff: differences(before, after),
    });
    return after;
  });
}
