import type { TenantSql } from "@creneau/db/in-tenant";
import { foldReference, foldText } from "@creneau/domain/text/fold-text";
import { z } from "zod";
import { type Actor, sitesInReach } from "../actor.ts";
import { AppError, notFound } from "../errors.ts";
import { id, instant } from "../fields/schema.ts";

import {
  type AppointmentJson,
  type AppointmentRow,
  appointmentSelect,
  appointmentTextSelect,
  appointmentViewFor,
} from "./appointment-row.ts";
import { nameAlone } from "./name-alone.ts";
import { mayActOn, mayReadContacts } from "./policy.ts";
import type { ActorView, AppointmentView, listInput } from "./schema.ts";

/** One appointment the actor may read; `not_found` for all others, which must look alike. */
export async function loadAppointment(tx: TenantSql, actor: Actor, id: string): Promise<AppointmentRow> {
  const row = await findAppointment(tx, id);
  if (!row || !mayActOn(actor, "read", { providerId: row.provider_id, siteId: row.site_id }))
    throw notFound("appointment");
  return row;
}

/** The row whoever asks, for code that has no actor; null when there is none. `lock` holds it to the commit. */
export async function findAppointment(
  tx: TenantSql,
  id: string,
  { lock = false }: { lock?: boolean } = {},
): Promise<AppointmentRow | null> {
  const rows = await tx.query<AppointmentRow>(
    `${appointmentSelect} WHERE a.organization_id = $1::uuid AND a.id = $2::uuid${lock ? " FOR UPDATE OF a" : ""}`,
    [tx.scope.organizationId, id],
    lock ? "appointment_for_update" : "appointment_by_id",
  );
  return rows[0] ?? null;
}

/** Appointments that overlap `[from, to)`, in order of start either way; pages by cursor. Cancelled ones only when asked for. */
export async function listAppointments(
  tx: TenantSql,
  actor: Actor,
  input: z.output<typeof listInput>,
): Promise<{ items: AppointmentView[]; nextCursor: string | null }> {
  const siteIds = coveredSites(actor, input.siteIds);
  const after = input.cursor ? parseListCursor(input.cursor) : null;
  const values: unknown[] = [tx.scope.organizationId, input.from, input.to];
  const where = [
    "a.organization_id = $1::uuid",
    "a.starts_at < $3::timestamptz",
    "a.ends_at > $2::timestamptz",
  ];
  // Nothing lasts longer than 48 hours: bounds the index from below.
  where.push("a.starts_at > $2::timestamptz - interval '48 hours'");
  const add = (condition: (parameter: string) => string, value: unknown) => {
    values.push(value);
    where.push(condition(`$${values.length}`));
  };
  if (siteIds) add((p) => `a.site_id = ANY (${p}::uuid[])`, siteIds);
  if (input.providerIds) {
    add((p) => `a.provider_id = ANY (${p}::uuid[])`, input.providerIds);
    // A provider's agenda is indexed by its busy time, which covers the appointment and lasts no longer than that either.
    where.push("a.busy_from < $3::timestamptz AND a.busy_from > $2::timestamptz - interval '48 hours'");
  }
  if (input.roomIds) add((p) => `a.room_id = ANY (${p}::uuid[])`, input.roomIds);
  if (input.serviceIds) add((p) => `a.service_id = ANY (${p}::uuid[])`, input.serviceIds);
  if (input.clientId) add((p) => `a.client_id = ${p}::uuid`, input.clientId);
  if (input.statuses) add((p) => `a.status = ANY (${p}::appointment_status[])`, input.statuses);
  else where.push("a.status <> 'cancelled'");
  where.push("(a.status <> 'held' OR a.hold_expires_at > now())");
  for (const word of input.search?.split(/\s+/).filter((each) => foldText(each) !== "") ?? []) {
    values.push(patternOf(foldText(word)), patternOf(foldReference(word)));
    where.push(searchCondition(`$${values.length - 1}`, `$${values.length}`, mayReadContacts(actor)));
  }
  if (after) {
    values.push(after.startsAt, after.id);
    const beyond = input.order === "descending" ? "<" : ">";
    where.push(`(a.starts_at, a.id) ${beyond} ($${values.length - 1}::timestamptz, $${values.length}::uuid)`);
  }
  values.push(input.limit + 1);
  const direction = input.order === "descending" ? "DESC" : "ASC";
  const rows = await tx.query<AppointmentJson>(
    `${appointmentTextSelect} WHERE ${where.join(" AND ")} ORDER BY a.starts_at ${direction}, a.id ${direction} LIMIT $${values.length}`,
    values,
  );
  const items = rows.slice(0, input.limit).map((row) => appointmentViewFor(actor, row));
  const last = items.at(-1);
  const hasMore = rows.length > input.limit && last;
  return {
    items,
    nextCursor: hasMore ? `${last.startsAt}_${last.id}` : null,
  };
}

/** What is found by a word; who may not read contacts finds nobody by them either, which would give them away. */
function searchCondition(text: string, key: string, byContacts: boolean): string {
  const client = byContacts ? "c.search_text" : "fold_text(c.name)";
  return `(fold_text(a.title) LIKE ${text} OR ${client} LIKE ${text} OR (${key} <> '%%' AND j.search_key LIKE ${key}))`;
}

/** What holds a text, for LIKE. */
function patternOf(text: string): string {
  return `%${text.replace(/[\\%_]/g, "\\$&")}%`;
}

/** The wished sites that the seat covers; undefined when neither side restricts. */
export function coveredSites(actor: Actor, wished: string[] | undefined): string[] | undefined {
  return sitesInReach(actor, wished) ?? undefined;
}

function parseListCursor(cursor: string): { startsAt: string; id: string } {
  const [startsAt, rowId] = cursor.split("_");
  const place = z.object({ startsAt: instant, id }).safeParse({ startsAt, id: rowId });
  if (!place.success) throw new AppError("invalid_input", "Not a cursor of this list");
  return place.data;
}

/** Attendees of an appointment as this actor may read them, in the order they were added. */
export async function listAttendees(tx: TenantSql, actor: Actor, appointmentId: string) {
  const rows = await tx.query<{
    id: string;
    name: string;
    email: string | null;
    phone: string | null;
    status: "needs_action" | "accepted" | "declined" | "tentative";
    optional: boolean;
    isHeldBack: boolean;
  }>(
    `SELECT id, name, email, phone, status::text AS status, optional, is_held_back AS "isHeldBack" FROM attendee
     WHERE organization_id = $1::uuid AND appointment_id = $2::uuid ORDER BY created_at, id`,
    [tx.scope.organizationId, appointmentId],
    "attendees_of",
  );
  return mayReadContacts(actor)
    ? rows
    : rows.map((row) => ({ ...row, name: nameAlone(row.name), email: null, phone: null }));
}

/** Who did what to an appointment, newest first. */
export function listHistory(tx: TenantSql, appointmentId: string) {
  return tx.query<{
    id: string;
    action: string;
    diff: Record<string, unknown>;
    by: ActorView;
    created_at: Date;
  }>(
    `SELECT h.id, h.action, h.diff, json_build_object('kind', h.actor_kind, 'userId', h.actor_user_id, 'name', coalesce(u.name, h.actor_name)) AS by, h.created_at
     FROM audit h LEFT JOIN "user" u ON u.id = h.actor_user_id
     WHERE h.organization_id = $1::uuid AND h.entity_id = $2::uuid
     ORDER BY h.created_at DESC, h.id DESC LIMIT 200`,
    [tx.scope.organizationId, appointmentId],
  );
}
