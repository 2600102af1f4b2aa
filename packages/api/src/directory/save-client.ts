import { inTenant, type TenantSql } from "@creneau/db/in-tenant";
import type { z } from "zod";
import { sitesOf } from "../actor.ts";
import { findSeatRegion } from "../phones/find-region.ts";
import { readPhone } from "../phones/read-phone.ts";
import { differences, recordChange } from "../record-change.ts";
import type { TenantWork } from "../tenant-work.ts";
import type { ClientView, createClientInput, updateClientInput } from "./clients-schema.ts";
import { clientChange } from "./events.ts";
import { mergedError } from "./lock-clients.ts";
import { requireDirectoryAction } from "./policy.ts";
import { findClient } from "./read-client.ts";
import { hasLostAddress, revokeClientLinks } from "./revoke-client-links.ts";
import { setAliases } from "./set-aliases.ts";

/**
 * Adds a client; a phone alone is enough to reach one. `duplicateIds` tells of clients with the same e-mail or phone,
 * whom staff may want to merge; a seat limited to sites enters whom its sites know. Errors: `forbidden`, `invalid_input` for a number nobody could call.
 */
export function createClient(
  work: TenantWork,
  input: z.output<typeof createClientInput>,
): Promise<ClientView & { duplicateIds: string[] }> {
  requireDirectoryAction(work.actor, "clients.change");
  return inTenant(work.database, work.scope, async (tx) => {
    const { organizationId } = tx.scope;
    const { timezone, locale } = await tx.db.organization.findUniqueOrThrow({
      where: { id: organizationId },
      select: { timezone: true, locale: true },
    });
    const region = await findSeatRegion(tx, sitesOf(work.actor));
    const phone = input.phone ? readPhone(input.phone, { region }) : null;
    const siteIds = sitesOf(work.actor);
    const duplicateIds = await clientsWith(tx, { email: input.email ?? null, phone, siteIds });
    const { id } = await tx.db.client.create({
      data: { timezone, locale, ...input, phone, organizationId },
      select: { id: true },
    });
    await tx.db.clientSite.createMany({
      data: (siteIds ?? []).map((siteId) => ({ organizationId, clientId: id, siteId })),
    });
    await recordChange(tx, work, { type: "client.created", entityId: id, payload: {} });
    return { ...(await findClient(tx, id)), duplicateIds };
  });
}

/**
 * Changes a client. When an e-mail address is theirs no more, the links that were sent to it end. The audit tells which
 * fields, not their contents. Errors: `forbidden`, `not_found`, `merged`, `invalid_input`.
 */
export function updateClient(
  work: TenantWork,
  { id, aliases, ...input }: z.output<typeof updateClientInput>,
): Promise<ClientView & { linksRevoked: boolean }> {
  requireDirectoryAction(work.actor, "clients.change");
  return inTenant(work.database, work.scope, async (tx) => {
    const before = await findClient(tx, id, sitesOf(work.actor));
    if (before.mergedIntoId) throw mergedError(id, before.mergedIntoId);
    const region = await findSeatRegion(tx, sitesOf(work.actor));
    const phone = input.phone ? readPhone(input.phone, { region }) : input.phone;
    await tx.db.client.update({
      where: { organizationId_id: { organizationId: tx.scope.organizationId, id } },
      data: { ...input, phone },
      select: { id: true },
    });
    if (aliases) await setAliases(tx, { clientId: id, aliases, region });
    const after = await findClient(tx, id);
    const fields = Object.keys(differences(before, after));
    const linksRevoked = hasLostAddress(before, after);
    if (linksRevoked) await revokeClientLinks(tx, id);
    await recordChange(
      tx,
      work,
      clientChange({ action: "changed", id, diff: { fields, ...(linksRevoked && { linksRevoked }) } }),
    );
    return { ...after, linksRevoked };
  });
}

async function clientsWith(
  tx: TenantSql,
  {
    email,
    phone,
    siteIds,
  }: { email: string | null; phone: string | null; siteIds: readonly string[] | null },
): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `SELECT id FROM client c WHERE organization_id = $1::uuid AND archived_at IS NULL AND client_in_reach(c, $4::uuid[]) AND id IN (
       SELECT id FROM client WHERE organization_id = $1::uuid AND (email = $2::text OR phone = $3::text)
       UNION ALL SELECT client_id FROM client_alias WHERE organization_id = $1::uuid AND (kind, value) IN (('email', $2::text), ('phone', $3::text)))
     ORDER BY created_at, id LIMIT 10`,
    [tx.scope.organizationId, email, phone, siteIds],
  );
  return rows.map(({ id }) => id);
}
