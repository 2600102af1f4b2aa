import type { TenantSql } from "@creneau/db/in-tenant";
import type { z } from "zod";
import type { newClientSchema } from "../appointments/schema.ts";
import { notFound } from "../errors.ts";
import { normalizePhone } from "./phone.ts";

interface ClientWish {
  clientId?: string | undefined;
  client?: z.output<typeof newClientSchema> | undefined;
}

/**
 * The client of a booking: the one named by id, or the known one with the same e-mail or phone and name, or a new one.
 * Null when the booking names nobody. Errors: `not_found`, `invalid_input` for a phone number nobody could call.
 */
export async function ensureClient(tx: TenantSql, { clientId, client }: ClientWish): Promise<string | null> {
  const { organizationId } = tx.scope;
  if (clientId) {
    const rows = await tx.query(
      "SELECT id FROM client WHERE organization_id = $1::uuid AND id = $2::uuid AND archived_at IS NULL",
      [organizationId, clientId],
      "client_exists",
    );
    if (rows.length === 0) throw notFound("client");
    return clientId;
  }
  if (!client) return null;
  const phone = client.phone ? normalizePhone(client.phone) : null;
  const known = await tx.query<{ id: string }>(
    `SELECT id FROM client
     WHERE organization_id = $1::uuid AND archived_at IS NULL AND fold_text(name) = fold_text($4)
       AND ((email = $2 AND $2 IS NOT NULL) OR (phone = $3 AND $3 IS NOT NULL))
     ORDER BY created_at LIMIT 1`,
    [organizationId, client.email ?? null, phone, client.name],
    "client_by_contact",
  );
  if (known[0]) return known[0].id;
  const made = await tx.query<{ id: string }>(
    `INSERT INTO client (organization_id, id, kind, name, email, phone, locale, timezone, company)
     VALUES ($1::uuid, uuid_v7(), $2::client_kind, $3, $4, $5, $6, coalesce($7, (SELECT timezone FROM organization WHERE id = $1::uuid)), $8)
     RETURNING id`,
    [
      organizationId,
      client.kind,
      client.name,
      client.email ?? null,
      phone,
      client.locale,
      client.timezone ?? null,
      client.company ?? null,
    ],
    "insert_client",
  );
  return made[0]?.id ?? null;
}
