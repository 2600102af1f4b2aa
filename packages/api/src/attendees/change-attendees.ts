import { inTenantSql, type TenantSql } from "@creneau/db/in-tenant";
import type { z } from "zod";
import type { Actor } from "../actor.ts";
import type { AppointmentRow } from "../appointments/appointment-row.ts";
import { attendeeColumns } from "../appointments/attendee-columns.ts";
import { ofAppointment } from "../appointments/events.ts";
import { assertNotHeld, mayActOn } from "../appointments/policy.ts";
import { findAppointment, listAttendees, loadAppointment } from "../appointments/queries.ts";
import { AppError, notFound } from "../errors.ts";
import { findSiteRegion } from "../phones/find-region.ts";
import { type Change, recordChange } from "../record-change.ts";
import type { TenantWork } from "../tenant-work.ts";
import { releaseHeldBack } from "./release-held-back.ts";
import type { AttendeesView, addAttendeesInput, respondInput } from "./schema.ts";

const most = 100;

/**
 * Adds people to an appointment; an e-mail already on it is left as it is. Errors: `not_found`, `forbidden`,
 * `invalid_input` (cancelled, more than 100, or a phone number nobody could call).
 */
export function addAttendees(
  work: TenantWork,
  input: z.output<typeof addAttendeesInput>,
): Promise<AttendeesView> {
  return inTenantSql(work.database, work.scope, async (tx) => {
    const row = await loadChangeable(tx, work, input.appointmentId);
    const attendees = attendeeColumns(input.attendees, { region: await findSiteRegion(tx, row.site_id) });
    const added = await tx.query<{ id: string }>(
      // A millisecond apart, so that they stay in the order given.
      `INSERT INTO attendee (organization_id, id, appointment_id, name, email, phone, optional, created_at)
       SELECT $1::uuid, uuid_v7(), $2::uuid, x.name, x.email, x.phone, x.optional,
         now() + x.position * interval '1 millisecond'
       FROM ROWS FROM (jsonb_to_recordset($3::jsonb) AS (name text, email text, phone text, optional boolean))
         WITH ORDINALITY AS x(name, email, phone, optional, position)
       ON CONFLICT DO NOTHING RETURNING id`,
      [tx.scope.organizationId, row.id, JSON.stringify(attendees)],
      "add_attendees",
    );
    if (added.length === 0) return viewOf(tx, work.actor, row.id, row.version);
    const view = await finish(tx, work, row, (facts) => ({
      type: "appointment.updated",
      ...facts,
      payload: { ...facts.payload, notify: input.notify },
      diff: { attendeesAdded: added.map(({ id }) => id) },
    }));
    if (view.attendees.length > most)
      throw new AppError("invalid_input", `At most ${most} attendees`, { field: "attendees" });
    return view;
  });
}

/**
 * Has those told whom a visitor invited and who were held back; changes nothing when nobody is. Errors: `not_found`,
 * `forbidden`, `invalid_input` (cancelled).
 */
export function releaseAttendees(
  work: TenantWork,
  { appointmentId }: { appointmentId: string },
): Promise<AttendeesView> {
  return inTenantSql(work.database, work.scope, async (tx) => {
    const row = await loadChangeable(tx, work, appointmentId);
    const released = await releaseHeldBack(tx, work, { row, now: work.now });
    return viewOf(tx, work.actor, row.id, released?.version ?? row.version);
  });
}

/** Takes somebody off an appointment. Errors: `not_found`, `forbidden`, `invalid_input` (cancelled). */
export function removeAttendee(work: TenantWork, { id }: { id: string }): Promise<AttendeesView> {
  return inTenantSql(work.database, work.scope, async (tx) => {
    const row = await loadChangeable(tx, work, await appointmentOf(tx, id));
    const gone = await tx.query<{ id: string }>(
      "DELETE FROM attendee WHERE organization_id = $1::uuid AND id = $2::uuid RETURNING id",
      [tx.scope.organizationId, id],
    );
    if (gone.length === 0) throw notFound("attendee");
    return finish(tx, work, row, (facts) => ({
      type: "appointment.updated",
      ...facts,
      payload: { ...facts.payload, notify: false },
      diff: { attendeeRemoved: id },
    }));
  });
}

/** Notes an answer that came by phone or at the desk. Errors: `not_found`, `forbidden`, `invalid_input` (cancelled). */
export function respondForAttendee(
  work: TenantWork,
  { id, status }: z.output<typeof respondInput>,
): Promise<AttendeesView> {
  return inTenantSql(work.database, work.scope, async (tx) => {
    const row = await loadChangeable(tx, work, await appointmentOf(tx, id));
    const changed = await tx.query<{ id: string }>(
      `UPDATE attendee SET status = $3::attendee_status, updated_at = now(),
         responded_at = CASE WHEN $3 = 'needs_action' THEN NULL ELSE $4::timestamptz END
       WHERE organization_id = $1::uuid AND id = $2::uuid AND status <> $3::attendee_status RETURNING id`,
      [tx.scope.organizationId, id, status, new Date(work.now)],
    );
    if (changed.length === 0) return viewOf(tx, work.actor, row.id, row.version);
    return finish(tx, work, row, (facts) => ({
      type: "attendee.responded",
      ...facts,
      payload: { ...facts.payload, attendeeId: id, status },
      diff: { attendee: id, status },
    }));
  });
}

async function appointmentOf(tx: TenantSql, attendeeId: string): Promise<string> {
  const rows = await tx.query<{ appointment_id: string }>(
    "SELECT appointment_id FROM attendee WHERE organization_id = $1::uuid AND id = $2::uuid",
    [tx.scope.organizationId, attendeeId],
  );
  if (!rows[0]) throw notFound("attendee");
  return rows[0].appointment_id;
}

async function loadChangeable(
  tx: TenantSql,
  work: TenantWork,
  appointmentId: string,
): Promise<AppointmentRow> {
  await loadAppointment(tx, work.actor, appointmentId);
  const row = await findAppointment(tx, appointmentId, { lock: true });
  if (!row) throw notFound("appointment");
  const target = { providerId: row.provider_id, siteId: row.site_id };
  if (!mayActOn(work.actor, "change", target))
    throw new AppError("forbidden", "Your role cannot change this appointment");
  assertNotHeld(row);
  if (row.status === "cancelled")
    throw new AppError("invalid_input", "A cancelled appointment does not change");
  return row;
}

/** Attendees are part of what calendars and readers show, so the appointment gets a new version. */
async function finish(
  tx: TenantSql,
  work: TenantWork,
  row: AppointmentRow,
  changeOf: (facts: ReturnType<typeof ofAppointment>) => Change<"appointment.updated" | "attendee.responded">,
): Promise<AttendeesView> {
  const version = row.version + 1;
  await tx.query(
    "UPDATE appointment SET version = $3, updated_at = $4::timestamptz WHERE organization_id = $1::uuid AND id = $2::uuid",
    [tx.scope.organizationId, row.id, version, new Date(work.now)],
  );
  await recordChange(tx, work, changeOf(ofAppointment({ ...row, version })));
  return viewOf(tx, work.actor, row.id, version);
}

async function viewOf(
  tx: TenantSql,
  actor: Actor,
  appointmentId: string,
  version: number,
): Promise<AttendeesView> {
  return { appointmentId, version, attendees: await listAttendees(tx, actor, appointmentId) };
}
