import type { TenantTx } from "@creneau/db/in-tenant";
import { recordChange } from "../record-change.ts";
import type { TenantWork } from "../tenant-work.ts";

/** Which provider somebody is decides what they may do: their sessions must be looked at again. */
export async function recordSeatChange(
  tx: TenantTx,
  work: TenantWork,
  userIds: readonly (string | null | undefined)[],
): Promise<void> {
  const concerned = userIds.filter((userId) => typeof userId === "string");
  if (concerned.length === 0) return;
  const seats = await tx.db.membership.findMany({
    where: { organizationId: tx.scope.organizationId, userId: { in: concerned } },
    select: { id: true, userId: true },
  });
  for (const { id, userId } of seats) {
    await recordChange(tx, work, {
      type: "member.changed",
      entityId: id,
      payload: { userId },
      diff: { provider: true },
    });
  }
}
