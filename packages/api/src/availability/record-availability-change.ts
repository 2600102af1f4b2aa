import type { TenantSql } from "@creneau/db/in-tenant";
import { recordEntityChange } from "../record-change.ts";
import type { TenantContext } from "../trpc.ts";
import { availabilityChanged } from "./events.ts";
import { refreshOf } from "./jobs.ts";
import type { TargetIds } from "./load-target.ts";

/** Tells log and audit that hours or absences of the target have changed, and asks for `next_available_at` anew. */
export function recordAvailabilityChange(
  tx: TenantSql,
  ctx: TenantContext,
  { providerId, siteId, roomId, diff }: TargetIds & { diff: object },
): Promise<void> {
  const entity = providerId ? "provider" : roomId ? "room" : "site";
  return recordEntityChange(tx, ctx, {
    type: availabilityChanged,
    entity,
    entityId: providerId ?? roomId ?? siteId ?? "",
    payload: { ...(providerId && { providerId }), ...(siteId && { siteId }), ...(roomId && { roomId }) },
    diff,
    jobs: [refreshOf()],
  });
}
