import type { TenantSql } from "@creneau/db/in-tenant";
import type { Actor } from "../actor.ts";
import { sitesInReach, sitesOf } from "../actor.ts";
import { notFound } from "../errors.ts";

import { type ClientRow, clientColumns, toClientView } from "./client-row.ts";
import type { ClientDetailView, ClientView } from "./clients-schema.ts";
import { listSubjects } from "./list-subjects.ts";

/**
 * A client of the organization, archived or not; `siteIds` are those of whoever asks, null for all.
 * @throws AppError `not_found`
 */
export async function findClient(
  tx: TenantSql,
  id: string,
  siteIds: readonly string[] | null = null,
): Promise<ClientView> {
  const rows = await tx.query<ClientRow>(
    `SELECT ${clientColumns} FROM client c WHERE c.organization_id = $1::uuid AND c.id = $2::uuid AND client_in_reach(c, $3::uuid[])`,
    [tx.scope.organizationId, id, siteIds],
    "client_by_id",
  );
  if (!rows[0]) throw notFound("client");
  return toClientView(rows[0]);
}

type MergeRow = Omit<ClientDetailView["merges"][number], "at"> & { at: Date };

/** Where a record went, and what came to it. */
async function readMerges(
  tx: TenantSql,
  { id, mergedIntoId }: ClientView,
): Promise<Pick<ClientDetailView, "mergedInto" | "merges">> {
  const into = mergedIntoId ? await findClient(tx, mergedIntoId) : null;
  const rows = await tx.query<MergeRow>(
    `SELECT m.id, m.created_at AS at, u.name AS by,
       (SELECT json_agg(json_build_object('id', c.id, 'name', c.name) ORDER BY c.created_at, c.id) FROM client c
        WHERE c.organization_id = m.organization_id AND c.id IN (SELECT jsonb_object_keys(m.moved)::uuid)) AS records
     FROM client_merge m LEFT JOIN "user" u ON u.id = m.user_id
     WHERE m.organization_id = $1::uuid AND m.kept_id = $2::uuid AND m.undone_at IS NULL
     ORDER BY m.created_at DESC, m.id DESC LIMIT 50`,
    [tx.scope.organizationId, id],
    "merges_of_client",
  );
  return {
    mergedInto: into && { id: into.id, name: into.name },
    merges: rows.map(({ at, ...row }) => ({ ...row, at: at.toISOString() })),
  };
}

type ClientAppointment = ClientDetailView["upcoming"][number];
type AppointmentRow = Omit<ClientAppointment, "startsAt" | "endsAt"> & { startsAt: Date; endsAt: Date };

/** A client with subjects and appointments, of the sites the actor covers. @throws AppError `not_found` */
export async function readClient(
  tx: TenantSql,
  actor: Actor,
  id: string,
  now: number,
): Promise<ClientDetailView> {
  const client = await findClient(tx, id, sitesOf(actor));
  const { mergedInto, merges } = await readMerges(tx, client);
  const { items: subjects } = await listSubjects(tx, {
    clientId: id,
    includeArchived: false,
    limit: 200,
    siteIds: null,
  });
  const appointments = (isUpcoming: boolean) =>
    tx.query<AppointmentRow>(
      `SELECT a.id, a.starts_at AS "startsAt", a.ends_at AS "endsAt", a.status::text AS status, a.title,
         a.provider_id AS "providerId", p.name AS "providerName", a.site_id AS "siteId", s.name AS "siteName", v.name AS "serviceName"
       FROM appointment a
       JOIN provider p ON p.organization_id = a.organization_id AND p.id = a.provider_id
       JOIN site s ON s.organization_id = a.organization_id AND s.id = a.site_id
       LEFT JOIN service v ON v.organization_id = a.organization_id AND v.id = a.service_id
       WHERE a.organization_id = $1::uuid AND a.client_id = $2::uuid AND a.status <> 'held'
         AND a.starts_at ${isUpcoming ? ">=" : "<"} $3::timestamptz AND ($4::uuid[] IS NULL OR a.site_id = ANY ($4::uuid[]))
       ORDER BY a.starts_at ${isUpcoming ? "" : "DESC"}, a.id LIMIT 50`,
      [tx.scope.organizationId, id, new Date(now), sitesInReach(actor)],
      isUpcoming ? "client_upcoming" : "client_past",
    );
  const view = ({ startsAt, endsAt, ...row }: AppointmentRow): ClientAppointment => ({
    ...row,
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
  });
  return {
    ...client,
    mergedInto,
    merges,
    subjects,
    upcoming: (await appointments(true)).map(view),
    past: (await appointments(false)).map(view),
  };
}
