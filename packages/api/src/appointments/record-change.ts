import type { TenantSql } from "@creneau/db/in-tenant";
import type { NewJob } from "@creneau/db/jobs/enqueue";
import type { AppointmentEvent, AppointmentEventPayload } from "./events.ts";

/** One change of an appointment, as the log, the audit and the jobs learn of it. */
export interface AppointmentChangeRecord {
  type: AppointmentEvent;
  appointment: {
    id: string;
    version: number;
    providerId: string;
    siteId: string;
    roomId: string | null;
    startsAt: Date;
  };
  previousProviderId?: string;
  brings?: AppointmentEventPayload["brings"];
  actorUserId: string | null;
  address: string | null;
  /** Columns before and after, for the audit and the history. */
  diff: Record<string, unknown>;
  jobs?: NewJob[];
}

/** The record as SQL functions take it: event, actor, payload, audit and jobs. */
export function changeTrace({ appointment, ...record }: AppointmentChangeRecord) {
  const payload: AppointmentEventPayload = {
    providerId: appointment.providerId,
    siteId: appointment.siteId,
    roomId: appointment.roomId,
    startsAt: appointment.startsAt.toISOString(),
    ...(record.previousProviderId && { previousProviderId: record.previousProviderId }),
    ...(record.brings?.length && { brings: record.brings }),
  };
  const { type, actorUserId: actor, diff, address, jobs = [] } = record;
  return { type, actor, payload, diff, address, jobs };
}

/** Writes event, audit row and jobs in one trip, inside the transaction of the change. */
export async function recordChange(tx: TenantSql, record: AppointmentChangeRecord): Promise<void> {
  const { type, actor, payload, diff, address, jobs } = changeTrace(record);
  await tx.query(
    `SELECT record_change($1::text, 'appointment', $2::uuid, $3::integer, $4::uuid, $5::jsonb, $6::jsonb, $7::text, $8::jsonb)::text`,
    [
      type,
      record.appointment.id,
      record.appointment.version,
      actor,
      JSON.stringify(payload),
      JSON.stringify(diff),
      address,
      JSON.stringify(jobs),
    ],
    "record_change",
  );
  tx.hasEvents = true;
}
