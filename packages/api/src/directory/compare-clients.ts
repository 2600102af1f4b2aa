import type { TenantSql } from "@creneau/db/in-tenant";
import type { Actor } from "../actor.ts";
import { sitesInReach } from "../actor.ts";
import { notFound } from "../errors.ts";

import { type ClientRow, clientColumns, toClientView } from "./client-row.ts";
import type { ComparedClientView } from "./clients-schema.ts";

type ComparedRow = ClientRow &
  Pick<ComparedClientView, "appointments" | "subjects" | "notes" | "latestNotes"> & {
    lastAt: Date | null;
    nextAt: Date | null;
  };

/**
 * Records side by side, with their latest notes (whoever may see clients may read those), in the order asked for, with what hangs on each at the sites that the seat covers, and the one to
 * keep if nobody says otherwise. @throws AppError `not_found`
 */
export async function compareClients(
  tx: TenantSql,
  actor: Actor,
  { ids, now }: { ids: readonly string[]; now: number },
): Promise<{ records: ComparedClientView[]; suggestedId: string }> {
  const rows = await tx.query<ComparedRow>(
    `SELECT ${clientColumns}, booked.appointments, booked."lastAt", booked."nextAt", noted.notes, noted."latestNotes",
       (SELECT count(*)::integer FROM subject j
        WHERE j.organization_id = c.organization_id AND j.client_id = c.id AND j.archived_at IS NULL) AS subjects
     FROM client c
     CROSS JOIN LATERAL (
       SELECT count(*)::integer AS appointments, max(a.starts_at) FILTER (WHERE a.starts_at <= $3) AS "lastAt",
         min(a.starts_at) FILTER (WHERE a.starts_at > $3 AND a.status <> 'cancelled') AS "nextAt"
       FROM appointment a WHERE a.organization_id = c.organization_id AND a.client_id = c.id AND a.status <> 'held'
         AND ($4::uuid[] IS NULL OR a.site_id = ANY ($4::uuid[]))) AS booked
     CROSS JOIN LATERAL (
       SELECT count(*)::integer AS notes, coalesce(json_agg(json_build_object('id', n.id, 'at', n.at, 'body', n.body)
           ORDER BY n.created_at DESC, n.id DESC) FILTER (WHERE n.place <= 3), '[]') AS "latestNotes"
       FROM (SELECT n.id, n.created_at, to_char(n.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at,
           left(n.body, 300) AS body, row_number() OVER (ORDER BY n.created_at DESC, n.id DESC) AS place
         FROM appointment a JOIN note n ON n.organization_id = a.organization_id AND n.appointment_id = a.id
         WHERE a.organization_id = c.organization_id AND a.client_id = c.id AND n.kind <> 'system'
           AND ($4::uuid[] IS NULL OR a.site_id = ANY ($4::uuid[]))) AS n) AS noted
     WHERE c.organization_id = $1::uuid AND c.id = ANY ($2::uuid[]) AND c.archived_at IS NULL
       AND client_in_reach(c, $4::uuid[])
     ORDER BY array_position($2::uuid[], c.id)`,
    [tx.scope.organizationId, ids, new Date(now), sitesInReach(actor)],
    "compare_clients",
  );
  if (rows.length !== new Set(ids).size) throw notFound("client");
  const records = rows.map(({ lastAt, nextAt, ...row }) => ({
    ...row,
    ...toClientView(row),
    lastAt: lastAt?.toISOString() ?? null,
    nextAt: nextAt?.toISOString() ?? null,
  }));
  return { records, suggestedId: suggestKept(records) };
}

type Weighed = Pick<
  ComparedClientView,
  "id" | "appointments" | "subjects" | "notes" | "email" | "phone" | "company" | "siret" | "createdAt"
>;

/** Of several records the fuller one: with more to its name, then with more fields filled in, then the oldest. */
export function suggestKept(records: readonly Weighed[]): string {
  const history = ({ appointments, subjects, notes }: Weighed) => appointments + subjects + notes;
  const filled = ({ email, phone, company, siret }: Weighed) =>
    [email, phone, company, siret].filter((value) => value !== null).length;
  const [best] = records.toSorted(
    (a, b) =>
      history(b) - history(a) ||
      filled(b) - filled(a) ||
      a.createdAt.localeCompare(b.createdAt) ||
      a.id.localeCompare(b.id),
  );
  return best?.id ?? "";
}
