import { inTenantSql, type TenantSql } from "@creneau/db/in-tenant";
import type { z } from "zod";
import type { UserActor } from "../actor.ts";
import type { AppointmentRow } from "../appointments/appointment-row.ts";
import { assertNotHeld } from "../appointments/policy.ts";
import { loadAppointment } from "../appointments/queries.ts";
import { AppError, notFound } from "../errors.ts";
import type { EventTypeOf } from "../event-catalogue.ts";

import { recordChange } from "../record-change.ts";
import type { TenantWork } from "../tenant-work.ts";
import { mayChangeNote, notePolicy } from "./policy.ts";
import { listNotes } from "./queries.ts";
import type { addNoteInput, NoteView } from "./schema.ts";

/** Notes of an appointment that the actor may read. Errors: `not_found`, `forbidden`. */
export function readNotes(
  work: TenantWork<UserActor>,
  { appointmentId }: { appointmentId: string },
): Promise<NoteView[]> {
  return inTenantSql(work.database, work.scope, async (tx) => {
    await loadReadable(tx, work.actor, appointmentId);
    return listNotes(tx, work.actor, appointmentId);
  });
}

/** Writes a note, for colleagues alone or for the client too. Errors: `not_found`, `forbidden`, `invalid_transition` on a hold. */
export function addNote(
  work: TenantWork<UserActor>,
  input: z.output<typeof addNoteInput>,
): Promise<NoteView> {
  return inTenantSql(work.database, work.scope, async (tx) => {
    const appointment = await loadReadable(tx, work.actor, input.appointmentId);
    if (!notePolicy[work.actor.role].write) throw new AppError("forbidden", "Your role cannot write notes");
    assertNotHeld(appointment);
    const now = new Date(work.now);
    const rows = await tx.query<{ id: string }>(
      `INSERT INTO note (organization_id, id, appointment_id, kind, author_user_id, body, shared_at, created_at, updated_at)
       VALUES ($1::uuid, uuid_v7(), $2::uuid, $3::note_kind, $4::uuid, $5, $6::timestamptz, $7::timestamptz, $7::timestamptz) RETURNING id`,
      [
        tx.scope.organizationId,
        appointment.id,
        input.kind,
        work.actor.userId,
        input.body,
        input.kind === "shared" ? now : null,
        now,
      ],
    );
    const id = rows[0]?.id;
    if (!id) throw new Error("The note just inserted is gone");
    await record(tx, work, { type: "note.added", id, kind: input.kind, appointment });
    return findView(tx, work.actor, appointment.id, id);
  });
}

/** Lets the client read an internal note; there is no way back. Errors: `not_found`, `forbidden`. */
export function shareNote(work: TenantWork<UserActor>, { id }: { id: string }): Promise<NoteView> {
  return inTenantSql(work.database, work.scope, async (tx) => {
    const { note, appointment } = await loadChangeable(tx, work.actor, id);
    if (note.kind === "internal") {
      await tx.query(
        "UPDATE note SET kind = 'shared', shared_at = $3::timestamptz, updated_at = now() WHERE organization_id = $1::uuid AND id = $2::uuid",
        [tx.scope.organizationId, id, new Date(work.now)],
      );
      await record(tx, work, { type: "note.shared", id, kind: "shared", appointment });
    }
    return findView(tx, work.actor, appointment.id, id);
  });
}

/** Removes a note; the audit keeps that it was there, not what it said. Errors: `not_found`, `forbidden`. */
export function removeNote(work: TenantWork<UserActor>, { id }: { id: string }): Promise<void> {
  return inTenantSql(work.database, work.scope, async (tx) => {
    const { note, appointment } = await loadChangeable(tx, work.actor, id);
    await tx.query("DELETE FROM note WHERE organization_id = $1::uuid AND id = $2::uuid", [
      tx.scope.organizationId,
      id,
    ]);
    await record(tx, work, { type: "note.removed", id, kind: note.kind, appointment });
  });
}

interface ChangeableNote {
  kind: NoteView["kind"];
  appointmentId: string;
  authorUserId: string | null;
}

async function loadReadable(tx: TenantSql, actor: UserActor, appointmentId: string): Promise<AppointmentRow> {
  const appointment = await loadAppointment(tx, actor, appointmentId);
  if (!notePolicy[actor.role].read) throw new AppError("forbidden", "Your role cannot read notes");
  return appointment;
}

async function loadChangeable(
  tx: TenantSql,
  actor: UserActor,
  id: string,
): Promise<{ note: ChangeableNote; appointment: AppointmentRow }> {
  const rows = await tx.query<ChangeableNote>(
    `SELECT kind::text AS kind, appointment_id AS "appointmentId", author_user_id AS "authorUserId" FROM note
     WHERE organization_id = $1::uuid AND id = $2::uuid FOR UPDATE`,
    [tx.scope.organizationId, id],
  );
  const note = rows[0];
  if (!note) throw notFound("note");
  const appointment = await loadReadable(tx, actor, note.appointmentId);
  if (!mayChangeNote(actor, note))
    throw new AppError("forbidden", "Only its author or an administrator may do this");
  return { note, appointment };
}

function record(
  tx: TenantSql,
  work: TenantWork<UserActor>,
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
  return recordChange(tx, work, {
    type,
    entityId: id,
    payload,
    diff: { appointmentId: appointment.id, kind },
  });
}

async function findView(
  tx: TenantSql,
  actor: UserActor,
  appointmentId: string,
  id: string,
): Promise<NoteView> {
  const view = (await listNotes(tx, actor, appointmentId)).find((note) => note.id === id);
  if (!view) throw notFound("note");
  return view;
}
