import { inTenantSql, type TenantSql } from "@creneau/db/in-tenant";
import type { z } from "zod";
import { notFound } from "../errors.ts";
import { listSharedNotes } from "../notes/queries.ts";
import type { SharedNote } from "../notes/schema.ts";
import { recordChange } from "../record-change.ts";
import { readManaged, readManagedOf } from "./manage-view.ts";
import type { PortalWork } from "./open-link.ts";
import type { addNoteInput, PortalView } from "./schema.ts";

interface ClientRow {
  client: PortalView["client"];
  organization: PortalView["organization"];
  noted: string[];
}

/** Errors: `not_found`. */
export async function readPortal({ database, scope, clientId, now }: PortalWork): Promise<PortalView> {
  return inTenantSql(database, scope, (tx) => readPortalOf(tx, { clientId, now }));
}

/** What this client sees in their portal; with `siteIds` no more than their bookings there. Errors: `not_found`. */
export async function readPortalOf(
  tx: TenantSql,
  { clientId, now, siteIds = null }: { clientId: string; now: number; siteIds?: string[] | null },
): Promise<PortalView> {
  const [row] = await tx.query<ClientRow>(
    `SELECT json_build_object('name', c.name, 'email', c.email, 'phone', c.phone, 'locale', c.locale, 'timezone', c.timezone) AS client,
         json_build_object('slug', o.slug, 'name', o.name, 'phone', o.phone, 'accent', o.accent, 'locale', o.locale) AS organization,
         ARRAY(SELECT DISTINCT n.appointment_id::text FROM note n JOIN appointment a ON a.organization_id = n.organization_id AND a.id = n.appointment_id
           WHERE n.organization_id = c.organization_id AND a.client_id = c.id AND n.kind = 'shared') AS noted
       FROM client c JOIN organization o ON o.id = c.organization_id WHERE c.organization_id = $1::uuid AND c.id = $2::uuid`,
    [tx.scope.organizationId, clientId],
    "portal_client",
  );
  if (!row) throw notFound("link");
  const bookings: PortalView["bookings"] = [];
  for (const booking of await readManagedOf(tx, { clientId, now, siteIds })) {
    const notes = row.noted.includes(booking.appointmentId)
      ? await listSharedNotes(tx, booking.appointmentId)
      : [];
    bookings.push({ ...booking, notes });
  }
  return { client: row.client, organization: row.organization, bookings };
}

/** Writes a shared note as the client; staff of the appointment see it at once. Errors: `not_found`. */
export async function addClientNote(
  work: PortalWork,
  input: z.output<typeof addNoteInput>,
): Promise<{ notes: SharedNote[] }> {
  const { scope, clientId } = work;
  return inTenantSql(work.database, scope, async (tx) => {
    const booking = await readManaged(tx, { appointmentId: input.appointmentId, clientId, now: work.now });
    if (!booking) throw notFound("link");
    await insertNote(tx, work, { ...input, clientId });
    return { notes: await listSharedNotes(tx, input.appointmentId) };
  });
}

async function insertNote(
  tx: TenantSql,
  work: PortalWork,
  note: { appointmentId: string; clientId: string; body: string },
): Promise<void> {
  const [row] = await tx.query<{ id: string; provider_id: string; site_id: string }>(
    `WITH written AS (
       INSERT INTO note (organization_id, id, appointment_id, kind, author_client_id, body, shared_at, created_at, updated_at)
       VALUES ($1::uuid, uuid_v7(), $2::uuid, 'shared', $3::uuid, $4, $5, $5, $5) RETURNING id, appointment_id
     ) SELECT w.id, a.provider_id, a.site_id FROM written w JOIN appointment a ON a.organization_id = $1::uuid AND a.id = w.appointment_id`,
    [tx.scope.organizationId, note.appointmentId, note.clientId, note.body, new Date(work.now)],
  );
  if (!row) throw notFound("link");
  await recordChange(tx, work, {
    type: "note.added",
    entityId: row.id,
    payload: {
      appointmentId: note.appointmentId,
      providerId: row.provider_id,
      siteId: row.site_id,
      kind: "shared",
    },
  });
}
