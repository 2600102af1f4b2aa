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
  actorUserId: string | null;
  address: string | null;
  /** Columns before and after, for the audit and the history. */
  diff: Record<string, unknown>;
  jobs?: NewJob[];
}

/** Writes event, audit row and jobs in one trip, inside the transaction of the change. */
export async function recordChange(tx: TenantSql, record: AppointmentChangeRecord): Promise<void> {
  const { appointment } = record;
  const payload: AppointmentEventPayload = {
    providerId: appointment.providerId,
    siteId: appointment.siteId,
    roomId: appointment.roomId,
    startsAt: appointment.startsAt.toISOString(),
    ...(record.previousProviderId && { previousProviderId: record.previousProviderId }),
  };
  await tx.query(
    `SELECT record_change($1::text, 'appointment', $2::uuid, $3::integer, $4::uuid, $5::jsonb, $6::jsonb, $7::text, $8::jsonb)::text`,
    [
      record.type,
      appointment.id,
      appointment.version,
      record.actorUserId,
      JSON.stringify(payload),
      JSON.stringify(record.diff),
      record.address,
      JSON.stringify(record.jobs ?? []),
    ],
    "record_change",
  );
  tx.hasEvents = true;
}
