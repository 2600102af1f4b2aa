import { inTenantSql, type TenantSql } from "@creneau/db/in-tenant";
import type { z } from "zod";
import { sitesOf } from "../actor.ts";
import { liveClientId } from "../directory/lock-clients.ts";
import { AppError, notFound } from "../errors.ts";
import { organizationSettings } from "../identity/organization-settings.ts";
import { recordChange } from "../record-change.ts";
import type { TenantWork } from "../tenant-work.ts";
import { type AppointmentRow, toAppointmentView } from "./appointment-row.ts";
import { ofAppointment } from "./events.ts";
import { assertMayChange, type Undoable } from "./move-appointment.ts";
import { findAppointment, loadAppointment } from "./queries.ts";
import type { updateInput } from "./schema.ts";
import { openUndo } from "./undo-record.ts";
import { assertVersion } from "./version.ts";

type UpdateInput = z.output<typeof updateInput>;

/** Contract name → column. Time, provider and room change through a move, status through `setStatus`. */
const columns = {
  title: "title",
  description: "description",
  clientId: "client_id",
  subjectId: "subject_id",
  locationKind: "location_kind",
  locationDetail: "location_detail",
  priceCents: "price_cents",
} as const satisfies Partial<Record<keyof UpdateInput, keyof AppointmentRow>>;

type Field = keyof typeof columns;

/** Of these, only a change of place concerns the client. */
const toldToClient: readonly Field[] = ["locationKind", "locationDetail"];

/** Changes what an appointment says. Absent fields stay; null clears. */
export function updateAppointment(work: TenantWork, wished: UpdateInput): Promise<Undoable> {
  const now = work.now;
  return inTenantSql(work.database, work.scope, async (tx) => {
    await loadAppointment(tx, work.actor, wished.id);
    const row = await findAppointment(tx, wished.id, { lock: true });
    if (!row) throw notFound("appointment");
    assertMayChange(work, row);
    assertVersion(row, wished.version);
    if (row.status === "cancelled")
      throw new AppError("invalid_input", "A cancelled appointment does not change");
    const input = { ...wished };
    if (input.clientId && input.clientId !== row.client_id)
      input.clientId = await liveClientId(tx, input.clientId, sitesOf(work.actor));
    const changed = (Object.keys(columns) as Field[]).filter(
      (field) => input[field] !== undefined && input[field] !== row[columns[field]],
    );
    if (changed.length === 0) return { appointment: toAppointmentView(row), undo: null, warnings: [] };
    await assertSubjectExists(
      tx,
      changed.includes("subjectId") ? input.subjectId : null,
      sitesOf(work.actor),
    );
    const patch = Object.fromEntries(changed.map((field) => [columns[field], input[field] ?? null]));
    await tx.query(
      `UPDATE appointment a SET (title, description, client_id, subject_id, location_kind, location_detail, price_cents) =
         (SELECT p.title, p.description, p.client_id, p.subject_id, p.location_kind, p.location_detail, p.price_cents
          FROM jsonb_populate_record(a, $3::jsonb) p), version = version + 1, updated_at = $4
       WHERE organization_id = $1::uuid AND id = $2::uuid`,
      [tx.scope.organizationId, row.id, JSON.stringify(patch), new Date(now)],
      "update_appointment",
    );
    const after = await findAppointment(tx, row.id);
    if (!after) throw notFound("appointment");
    const { undoSeconds } = await organizationSettings(tx);
    const undo = await openUndo(tx, {
      action: "update",
      before: row,
      versionAfter: after.version,
      actor: work.actor,
      now,
      undoSeconds,
    });
    const tells = input.notify && changed.some((field) => toldToClient.includes(field));
    await recordChange(tx, work, {
      type: "appointment.updated",
      ...ofAppointment(after, { notify: tells, ...(undo && { settlesAt: undo.until }) }),
      diff: {
        before: Object.fromEntries(changed.map((field) => [field, row[columns[field]]])),
        after: Object.fromEntries(changed.map((field) => [field, after[columns[field]]])),
      },
    });
    return { appointment: toAppointmentView(after), undo, warnings: [] };
  });
}

async function assertSubjectExists(
  tx: TenantSql,
  id: string | null | undefined,
  siteIds: readonly string[] | null,
): Promise<void> {
  if (!id) return;
  const rows = await tx.query(
    "SELECT id FROM subject j WHERE organization_id = $1::uuid AND id = $2::uuid AND archived_at IS NULL AND subject_in_reach(j, $3::uuid[])",
    [tx.scope.organizationId, id, siteIds],
    "subject_exists",
  );
  if (rows.length === 0) throw notFound("subject");
}
