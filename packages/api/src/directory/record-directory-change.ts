import type { TenantSql } from "@creneau/db/in-tenant";
import { recordEntityChange } from "../record-change.ts";
import type { TenantContext } from "../trpc.ts";
import { type DirectoryEventPayload, directoryChanged } from "./events.ts";

/** Tells log and audit of a change in the directory. */
export function recordDirectoryChange(
  tx: TenantSql,
  ctx: TenantContext,
  { id, diff, ...payload }: DirectoryEventPayload & { id: string; diff?: object },
): Promise<void> {
  return recordEntityChange(tx, ctx, {
    type: directoryChanged,
    entity: payload.kind,
    entityId: id,
    payload,
    diff: { action: payload.action, ...diff },
  });
}
