import type { TenantSql } from "@creneau/db/in-tenant";
import { foldReference, foldText } from "@creneau/domain/text/fold-text";
import { type ClientRow, clientColumns, toClientView } from "./client-row.ts";
import type { ClientView, FoundClientView } from "./clients-schema.ts";
import { clientIdsOfReference, searchTerms } from "./search-terms.ts";

/** Candidates read before ranking; a search that meets more has to be made narrower by the one who types. */
const candidates = 100;
/** For a seat limited to sites, whose clients have to be found among everybody's. */
const candidatesOfAll = 5000;

interface SubjectRow {
  id: string;
  clientId: string;
  kind: "vehicle" | "transaction" | "file";
  reference: string;
  label: string | null;
}

/**
 * Clients whose name, company, phone or e-mail holds every word, and those of subjects whose reference begins with the
 * text; best first: exact reference, phone or e-mail, then names that begin with what was typed, then the rest by name.
 */
export async function searchClients(
  tx: TenantSql,
  { query, limit, siteIds }: { query: string; limit: number; siteIds: readonly string[] | null },
): Promise<FoundClientView[]> {
  const { words, reference } = searchTerms(query);
  const found = await tx.query<ClientRow>(
    `SELECT ${clientColumns} FROM search_clients($1::text[], $2::integer) AS c WHERE client_in_reach(c, $3::uuid[]) LIMIT ${candidates}`,
    [words, siteIds ? candidatesOfAll : candidates, siteIds],
    siteIds ? undefined : "search_clients",
  );
  const bySubject = await clientsOfReference(tx, reference, siteIds);
  const rows = new Map<string, ClientView>();
  for (const row of [...bySubject, ...found]) rows.set(row.id, toClientView(row));
  const subjects = await subjectsOf(tx, [...rows.keys()]);
  const ranked = [...rows.values()].map((client) => {
    const own = subjects.get(client.id) ?? [];
    return { client, own, rank: rankOf(client, own, { words, reference }) };
  });
  ranked.sort(
    (a, b) =>
      a.rank - b.rank ||
      a.client.name.localeCompare(b.client.name, "fr") ||
      (a.client.id < b.client.id ? -1 : 1),
  );
  return ranked.slice(0, limit).map(({ client, own }) => ({
    ...client,
    subjects: own
      .toSorted((a, b) => Number(isMeant(b, reference)) - Number(isMeant(a, reference)))
      .slice(0, 5)
      .map(({ id, kind, reference, label }) => ({ id, kind, reference, label })),
  }));
}

function clientsOfReference(
  tx: TenantSql,
  reference: string | null,
  siteIds: readonly string[] | null,
): Promise<ClientRow[]> {
  if (reference === null) return Promise.resolve([]);
  return tx.query<ClientRow>(
    `SELECT ${clientColumns} FROM client c
     WHERE c.organization_id = $1::uuid AND c.archived_at IS NULL AND c.id IN (${clientIdsOfReference("$2")})
       AND client_in_reach(c, $3::uuid[])`,
    [tx.scope.organizationId, reference, siteIds],
    "clients_of_reference",
  );
}

async function subjectsOf(tx: TenantSql, clientIds: string[]): Promise<Map<string, SubjectRow[]>> {
  if (clientIds.length === 0) return new Map();
  const rows = await tx.query<SubjectRow>(
    `SELECT id, client_id AS "clientId", kind::text AS kind, reference, label FROM subject
     WHERE organization_id = $1::uuid AND client_id = ANY ($2::uuid[]) AND archived_at IS NULL
     ORDER BY updated_at DESC, id LIMIT 1000`,
    [tx.scope.organizationId, clientIds],
    "subjects_of_clients",
  );
  return Map.groupBy(rows, ({ clientId }) => clientId);
}

function isMeant(subject: { reference: string }, typed: string | null): boolean {
  return typed !== null && foldReference(subject.reference).startsWith(typed);
}

/** 0 is the best. */
function rankOf(
  client: ClientView,
  subjects: SubjectRow[],
  { words, reference }: { words: string[]; reference: string | null },
): number {
  const typed = words.join(" ");
  const all = (kind: "name" | "email" | "phone") => [
    client[kind],
    ...client.aliases.filter((alias) => alias.kind === kind).map(({ value }) => value),
  ];
  const isExactPhone = (number: string | null) => {
    const digits = number?.slice(1);
    return (
      digits !== undefined &&
      (digits === typed || (typed.startsWith("0") && digits.endsWith(typed.slice(1)))) &&
      typed.length >= 9
    );
  };
  if (
    all("phone").some(isExactPhone) ||
    all("email").some((email) => email !== null && foldText(email) === typed) ||
    subjects.some((subject) => foldReference(subject.reference) === reference)
  )
    return 0;
  if (subjects.some((subject) => isMeant(subject, reference))) return 1;
  const names = all("name").map((name) => foldText(name ?? ""));
  if (names.some((name) => name.startsWith(typed))) return 2;
  const parts = names.flatMap((name) => name.split(" "));
  return words.every((word) => parts.some((part) => part.startsWith(word))) ? 3 : 4;
}
