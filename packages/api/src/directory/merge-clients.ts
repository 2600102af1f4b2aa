import { inTenant } from "@creneau/db/in-tenant";
import type { z } from "zod";
import { notFound } from "../errors.ts";
import { recordChange } from "../record-change.ts";
import type { TenantContext } from "../trpc.ts";
import type { ClientView, mergeClientsInput } from "./clients-schema.ts";
import { requireDirectoryAction } from "./policy.ts";
import { findClient } from "./read-client.ts";

/**
 * Makes several records of one person one: appointments, subjects and notes move to the client kept, which takes over
 * what it lacks (contact, company, portal link). The others are archived, and their own portal links end.
 * Errors: `forbidden`, `not_found`.
 */
export function mergeClients(
  ctx: TenantContext,
  { keepId, mergeIds }: z.output<typeof mergeClientsInput>,
): Promise<{ client: ClientView; moved: { appointments: number; subjects: number; notes: number } }> {
  requireDirectoryAction(ctx.member, "clients.merge");
  const others = [...new Set(mergeIds)];
  return inTenant(ctx.database, ctx.member.scope, async (tx) => {
    const { organizationId } = tx.scope;
    // In key order, so that two merges that cross wait instead of deadlocking.
    await tx.query(
      "SELECT id FROM client WHERE organization_id = $1::uuid AND id = ANY ($2::uuid[]) ORDER BY id FOR UPDATE",
      [organizationId, [keepId, ...others]],
    );
    const rows = await tx.db.client.findMany({
      where: { organizationId, id: { in: [keepId, ...others] }, archivedAt: null },
      orderBy: { createdAt: "asc" },
    });
    const keep = rows.find(({ id }) => id === keepId);
    if (!keep || rows.length !== others.length + 1) throw notFound("client");
    const merged = rows.filter(({ id }) => id !== keepId);
    const theirs = { organizationId, clientId: { in: others } };
    const appointments = await tx.db.appointment.updateMany({ where: theirs, data: { clientId: keepId } });
    const subjects = await tx.db.subject.updateMany({ where: theirs, data: { clientId: keepId } });
    const notes = await tx.db.note.updateMany({
      where: { organizationId, authorClientId: { in: others } },
      data: { authorClientId: keepId },
    });
    await tx.db.client.updateMany({
      where: { organizationId, id: { in: others } },
      data: { archivedAt: new Date(ctx.now()), portalTokenHash: null },
    });
    const firstOf = <Key extends "email" | "phone" | "company" | "siret" | "portalTokenHash">(key: Key) =>
      keep[key] ?? merged.find((client) => client[key] !== null)?.[key] ?? null;
    await tx.db.client.update({
      where: { organizationId_id: { organizationId, id: keepId } },
      data: {
        email: firstOf("email"),
        phone: firstOf("phone"),
        company: firstOf("company"),
        siret: firstOf("siret"),
        portalTokenHash: firstOf("portalTokenHash"),
        hasNotes: rows.some(({ hasNotes }) => hasNotes),
      },
      select: { id: true },
    });
    const moved = { appointments: appointments.count, subjects: subjects.count, notes: notes.count };
    await recordChange(tx, ctx, {
      type: "client.merged",
      entityId: keepId,
      payload: { mergedIds: others },
      diff: { mergedIds: others, moved },
    });
    return { client: await findClient(tx, keepId), moved };
  });
}
