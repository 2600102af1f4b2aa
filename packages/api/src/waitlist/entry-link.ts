import { inTenantSql, type TenantSql } from "@creneau/db/in-tenant";
import { mintTenantScope, type TenantScope } from "@creneau/db/tenant-scope";
import type { GuestContext } from "../booking/guest-procedure.ts";
import { isSameHash, linkHash } from "../booking/link-tokens.ts";
import { notFound } from "../errors.ts";
import { type EntryRow, findEntry } from "./queries.ts";

/** What a waitlist link stands for. Errors: `not_found`. */
export async function resolveEntry(
  ctx: GuestContext,
  token: string,
): Promise<{ scope: TenantScope; id: string }> {
  const hash = linkHash(token);
  const { rows } = await ctx.database.pool.query<{
    organization_id: string;
    entry_id: string;
    stored_hash: string;
  }>({
    name: "resolve_waitlist_token",
    text: "SELECT * FROM resolve_waitlist_token($1::text)",
    values: [hash],
  });
  const row = rows[0];
  if (!row || !isSameHash(row.stored_hash, hash)) throw notFound("link");
  return { scope: mintTenantScope(row.organization_id), id: row.entry_id };
}

/** Does `work` with the entry of a link, in one transaction. Errors: `not_found`. */
export async function withEntry<Answer>(
  ctx: GuestContext,
  token: string,
  work: (tx: TenantSql, row: EntryRow) => Promise<Answer>,
): Promise<Answer> {
  const { scope, id } = await resolveEntry(ctx, token);
  return inTenantSql(ctx.database, scope, async (tx) => {
    const row = await findEntry(tx, { id, now: ctx.now() });
    if (!row) throw notFound("link");
    return work(tx, row);
  });
}
