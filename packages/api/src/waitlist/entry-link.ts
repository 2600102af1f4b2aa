import { inTenantSql, type TenantSql } from "@creneau/db/in-tenant";
import type { TenantScope } from "@creneau/db/tenant-scope";
import type { GuestContext } from "../booking/guest-procedure.ts";
import { notFound } from "../errors.ts";
import { openSecretLink } from "../tenant-doors.ts";
import { type EntryRow, findEntry } from "./queries.ts";

/** What a waitlist link stands for. Errors: `not_found`. */
export async function resolveEntry(
  ctx: GuestContext,
  token: string,
): Promise<{ scope: TenantScope; id: string }> {
  const opened = await openSecretLink(ctx.database, "resolve_waitlist_token", token);
  if (!opened) throw notFound("link");
  return { scope: opened.scope, id: opened.row.entry_id };
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
