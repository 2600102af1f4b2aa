import { inTenantSql, type TenantSql } from "@creneau/db/in-tenant";
import type { z } from "zod";
import type { AppointmentRow } from "../appointments/appointment-row.ts";
import { assertNotHeld } from "../appointments/policy.ts";
import { loadAppointment } from "../appointments/queries.ts";
import { AppError, notFound } from "../errors.ts";
import type { EventTypeOf } from "../event-catalogue.ts";
import type { Member } from "../identity/session.ts";
import { recordChange } from "../record-change.ts";
import type { TenantContext } from "../trpc.ts";
import { mayChangeNote, notePolicy } from "./policy.ts";
import { listNotes } from "./queries.ts";
import type { addNoteInput, NoteView } from "./schema.ts";

/** Notes of an appointment that the member may read. Errors: `not_found`, `forbidden`. */
export function readNotes(
  ctx: TenantContext,
  { appointmentId }: { appointmentId: string },
): Promise<NoteView[]> {
  return inTenantSql(ctx.database, ctx.member.scope, async (tx) => {
    await loadReadable(tx, ctx.member, appointmentId);
    return listNotes(tx, ctx.member, appointmentId);
  });
}

/** Writes a note, for colleagues alone or for the client too. Errors: `not_found`, `forbidden`, `invalid_transition` on a hold. */
export function addNote(ctx: TenantContext, input: z.output<typeof addNoteInput>): Promise<NoteView> {
  return inTenantSql(ctx.database, ctx.member.scope, async (tx) => {
    const appointment = await loadReadable(tx, ctx.member, input.appointmentId);
    if (!notePolicy[ctx.member.role].write) throw new AppError("forbidden", "Your role cannot write notes");
    assertNotHeld(appointment);
    const now = new Date(ctx.now());
    const rows = await tx.query<{ id: string }>(
      `INSERT INTO note (organization_id, id, appointment_id, kind, author_user_id, body, shared_at, created_at, updated_at)
       VALUES ($1::uuid, uuid_v7(), $2::uuid, $3::note_kind, $4::uuid, $5, $6::timestamptz, $7::timestamptz, $7::timestamptz) RETURNING id`,
      [
        tx.scope.organizationId,
        appointment.id,
        input.kind,
        ctx.member.userId,
        input.body,
        input.kind === "shared" ? now : null,
        now,
      ],
    );
    const id = rows[0]?.id;
    if (!id) throw new Error("The note just inserted is gone");
    await record(tx, ctx, { type: "note.added", id, kind: input.kind, appointment });
    return findView(tx, ctx.member, appointment.id, id);
  });
}

/** Lets the client read an internal note; there is no way back. Errors: `not_found`, `forbidden`. */
export function shareNote(ctx: TenantContext, { id }: { id: string }): Promise<NoteView> {
  return inTenantSql(ctx.database, ctx.member.scope, async (tx) => {
    const { note, appointment } = await loadChangeable(tx, ctx.member, id);
    if (note.kind === "internal") {
      await tx.query(
        "UPDATE note SET kind = 'shared', shared_at = $3::timestamptz, updated_at = now() WHERE organization_id = $1::uuid AND id = $2::uuid",
        [tx.scope.organizationId, id, new Date(ctx.now())],
      );
      await record(tx, ctx, { type: "note.shared", id, kind: "shared", appointment });
    }
    return findView(tx, ctx.member, appointment.id, id);
  });
}

/** Removes a note; the audit keeps that it was there, not what it said. Errors: `not_found`, `forbidden`. */
export function removeNote(ctx: TenantContext, { id }: { id: string }): Promise<void> {
  return inTenantSql(ctx.database, ctx.member.scope, async (tx) => {
    const { note, appointment } = await loadChangeable(tx, ctx.member, id);
    await tx.query("DELETE FROM note WHERE organization_id = $1::uuid AND id = $2::uuid", [
      tx.scope.organizationId,
      id,
    ]);
    await record(tx, ctx, { type: "note.removed", id, kind: note.kind, appointment });
  });
}

interface ChangeableNote {
  kind: NoteView["kind"];
  appointmentId: string;
  authorUserId: string | null;
}

async function loadReadable(tx: TenantSql, member: Member, appointmentId: string): Promise<AppointmentRow> {
  const appointment = await loadAppointment(tx, member, appointmentId);
  if (!notePolicy[member.role].read) throw new AppError("forbidden", "Your role cannot read notes");
  return appointment;
}

async function loadChangeable(
  tx: TenantSql,
  member: Member,
  id: string,
): Promise<{ note: ChangeableNote; appointment: AppointmentRow }> {
  const rows = await tx.query<ChangeableNote>(
    `SELECT kind::text AS kind, appointment_id AS "appointmentId", author_user_id AS "authorUserId" FROM note
     WHERE organization_id = $1::uuid AND id = $2::uuid FOR UPDATE`,
    [tx.scope.organizationId, id],
  );
  const note = rows[0];
  if (!note) throw notFound("note");
  const appointment = await loadReadable(tx, member, note.appointmentId);
  if (!mayChangeNote(member, note))
    throw new AppError("forbidden", "Only its author or an administrator may do this");
  return { note, appointment };
}

function record(
  tx: TenantSql,
  ctx: TenantContext,
  {
    type,
    id,
    kind,
    appointment,
  }: { type: EventTypeOf<"note">; id: string; kind: NoteView["kind"]; appointment: AppointmentRow },
): Promise<void> {
  const payload = {
    appointmentId: appointment.id,
    providerId: appointment.provider_id,
    siteId: appointment.site_id,
    kind,
  };
  return recordChange(tx, ctx, {
    type,
    entityId: id,
    payload,
    diff: { appointmentId: appointment.id, kind },
  });
}

async function findView(tx: TenantSql, member: Member, appointmentId: string, id: string): Promise<NoteView> {
  const view = (await listNotes(tx, member, appointmentId)).find((note) => note.id === id);
  if (!view) throw notFound("note");
  return view;
}
