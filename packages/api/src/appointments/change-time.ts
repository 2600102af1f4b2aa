import { tenantCall } from "@creneau/db/in-tenant";
import { type Change, type ChangeAuthor, changeTrace } from "../record-change.ts";
import type { TenantWork } from "../tenant-work.ts";
import { type AppointmentJson, type AppointmentRow, rowFromJson } from "./appointment-row.ts";
import type { CountedDay } from "./count-day.ts";
import type { NewUndo, UndoColumns } from "./undo-record.ts";

type TimeColumn =
  | "starts_at"
  | "ends_at"
  | "busy_from"
  | "busy_to"
  | "provider_id"
  | "site_id"
  | "room_id"
  | "lane";

/** When and where an appointment shall be; a change taken back brings the other columns along. */
export type NewTime = Record<TimeColumn, unknown> & Partial<Record<keyof UndoColumns, unknown>>;

/** A change of time as it was decided on. */
export interface TimeChange {
  /** The appointment as its caller saw it: one that has changed since is left alone. */
  row: AppointmentRow;
  to: NewTime;
  /** A daily limit it is subject to at the new place. */
  day?: CountedDay | null;
  /** How to take this change back. */
  undo?: NewUndo | null;
  /** The undo that this change is, which it uses up. */
  takenBackId?: string;
  change: Change<"appointment.moved" | "appointment.undone">;
}

/** `outdated`: it has changed, and is now `row`. `stale`: its facts have, or the undo is used. `gone`: there is none. */
export type TimeAnswer =
  | { outcome: "changed" | "outdated"; row: AppointmentRow }
  | { outcome: "stale" | "gone" };

/**
 * The one way to change when and where an appointment is, whoever does it (ADR 5): one call, which locks the agendas it
 * leaves and enters, writes if the appointment is as its caller saw it, and tells of it. A place that somebody else has
 * is an error of the constraint (`isPlaceTaken`).
 */
export async function changeTime(
  { database, scope, now, ...author }: Pick<TenantWork, "database" | "scope" | "now"> & ChangeAuthor,
  { row, to, day, undo, takenBackId, change }: TimeChange,
): Promise<TimeAnswer> {
  const agendas = [row.provider_id, row.room_id, to.provider_id, to.room_id];
  const request = {
    id: row.id,
    version: row.version,
    agendas: agendas.filter((agenda) => agenda !== null),
    columns: to,
    ...(day && { day }),
    ...(undo && { undo: undo.columns }),
    ...(takenBackId && { takenBackId }),
    record: changeTrace(author, change),
  };
  const answer = await tenantCall<{ outcome: TimeAnswer["outcome"]; row?: AppointmentJson }>(
    database,
    scope,
    "change_appointment",
    [JSON.stringify(request), new Date(now)],
  );
  if (answer.outcome === "stale" || answer.outcome === "gone" || !answer.row)
    return { outcome: answer.outcome === "stale" ? "stale" : "gone" };
  if (answer.outcome === "changed") database.doorbell.ring();
  return { outcome: answer.outcome, row: rowFromJson(answer.row) };
}
