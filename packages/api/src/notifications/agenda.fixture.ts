import { randomUUID } from "node:crypto";
import { mintTenantScope } from "@creneau/db/mint-tenant-scope";
import type { TenantScope } from "@creneau/db/tenant-scope";
import { Client } from "pg";

/** An organization with one provider, one client and one appointment, written as the owner. */
export interface Agenda {
  scope: TenantScope;
  appointmentId: string;
  providerId: string;
  /** Runs one statement as the owner. */
  run<Row = unknown>(statement: string, values?: unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

/** 23 November 2099 is a Monday; 13:30 UTC is 14:30 in Paris and 19:15 in Kathmandu. */
export const startsAt = new Date("2099-11-23T13:30:00Z");

/** Writes the agenda into the database at `adminUrl`. */
export async function createAgenda(
  adminUrl: string,
  client: { email: string | null; locale?: string; timezone?: string },
): Promise<Agenda> {
  const owner = new Client({ connectionString: adminUrl });
  // After a failed test the database is dropped under this connection.
  owner.on("error", () => undefined);
  await owner.connect();
  const run = async <Row>(statement: string, values: unknown[] = []) =>
    (await owner.query(statement, values)).rows as Row[];
  const [organization, site, provider, service, person, appointment] = Array.from({ length: 6 }, () =>
    randomUUID(),
  );
  await run(
    "INSERT INTO organization (id, slug, name, preset, updated_at) VALUES ($1, $2, 'Cabinet Dubois', 'medical', now())",
    [organization, organization],
  );
  await run(
    `INSERT INTO site (organization_id, id, name, slug, address, postal_code, city, phone, updated_at)
     VALUES ($1, $2, 'Cabinet', 'cabinet', '3 rue <Haute>', '75003', 'Paris', '+33140000000', now())`,
    [organization, site],
  );
  await run(
    "INSERT INTO provider (organization_id, id, name, updated_at) VALUES ($1, $2, 'Dr Dubois', now())",
    [organization, provider],
  );
  await run(
    `INSERT INTO service (organization_id, id, name, slug, duration_minutes, updated_at)
     VALUES ($1, $2, 'Consultation', 'consultation', 30, now())`,
    [organization, service],
  );
  await run(
    `INSERT INTO client (organization_id, id, name, email, locale, timezone, updated_at)
     VALUES ($1, $2, 'Léa Petit', $3, $4, $5, now())`,
    [organization, person, client.email, client.locale ?? "fr", client.timezone ?? "Europe/Paris"],
  );
  const endsAt = new Date(startsAt.getTime() + 30 * 60_000);
  await run(
    `INSERT INTO appointment (organization_id, id, site_id, provider_id, service_id, client_id, title, description,
       starts_at, ends_at, busy_from, busy_to, status, source, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6, 'Difficult person', 'SECRET description', $7, $8, $7, $8, 'confirmed', 'operator', now())`,
    [organization, appointment, site, provider, service, person, startsAt, endsAt],
  );
  await run(
    `INSERT INTO note (organization_id, id, appointment_id, kind, author_user_id, body, updated_at)
     VALUES ($1, $2, $3, 'internal', $2, 'SECRET note', now())`,
    [organization, randomUUID(), appointment],
  );
  return {
    scope: mintTenantScope(organization ?? ""),
    appointmentId: appointment ?? "",
    providerId: provider ?? "",
    run,
    close: () => owner.end(),
  };
}
