import type { TenantSql } from "@creneau/db/in-tenant";
import { AppError } from "../errors.ts";

const columns = {
  site: "site_id",
  room: "room_id",
  provider: "provider_id",
  service: "service_id",
  client: "client_id",
  subject: "subject_id",
} as const;

/** What appointments can hang on. */
export type AppointmentAnchor = Partial<Record<keyof typeof columns, string>>;

/** Refuses with `in_use` and their count when appointments to come hang on all of these. */
export async function refuseInUse(tx: TenantSql, anchor: AppointmentAnchor, now: number): Promise<void> {
  const entries = Object.entries(anchor) as [keyof typeof columns, string][];
  const conditions = entries.map(([key], index) => `${columns[key]} = $${index + 3}::uuid`);
  const rows = await tx.query<{ count: number }>(
    `SELECT count(*)::integer AS count FROM appointment
     WHERE organization_id = $1::uuid AND ends_at > $2::timestamptz AND ${conditions.join(" AND ")}
       AND busy_from > $2::timestamptz - interval '48 hours' AND starts_at > $2::timestamptz - interval '48 hours'
       AND status IN ('held', 'pending', 'confirmed', 'in_progress')
       AND (status <> 'held' OR hold_expires_at > now())`,
    [tx.scope.organizationId, new Date(now), ...entries.map(([, id]) => id)],
  );
  const count = rows[0]?.count ?? 0;
  if (count > 0) throw new AppError("in_use", "Appointments to come depend on this", { count });
}
