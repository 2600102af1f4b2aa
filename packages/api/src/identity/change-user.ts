import type { Database } from "@creneau/db/database";
import type { Prisma } from "@creneau/db/generated/client";
import { enterTenant } from "@creneau/db/in-tenant";
import { recordChange } from "../record-change.ts";
import { scopeOfSeat } from "../tenant-doors.ts";

/**
 * Updates a user and, in the same transaction, tells every organization of theirs, so that each process looks at the
 * sessions again. Answers the new session version; null when no such user matches `where`.
 */
export async function changeUser(
  database: Database,
  { userId, where, data }: { userId: string; where?: Prisma.UserWhereInput; data: Prisma.UserUpdateInput },
): Promise<{ sessionVersion: number } | null> {
  const changed = await database.prisma.$transaction(async (db) => {
    const { count } = await db.user.updateMany({
      where: { ...where, id: userId },
      data: data as Prisma.UserUpdateManyMutationInput,
    });
    if (count === 0) return null;
    await tellUserChanged(db, userId);
    return db.user.findUniqueOrThrow({ where: { id: userId }, select: { sessionVersion: true } });
  });
  if (changed) database.doorbell.ring();
  return changed;
}

/** Tells every organization of this user, so that each process looks at their sessions again. Ring the doorbell after. */
export async function tellUserChanged(db: Prisma.TransactionClient, userId: string): Promise<void> {
  const seats = await db.$queryRaw<
    { organization_id: string }[]
  >`SELECT organization_id FROM memberships_of(${userId}::uuid)`;
  for (const { organization_id } of seats) {
    const tx = await enterTenant(db, scopeOfSeat({ organizationId: organization_id }));
    await recordChange(
      tx,
      { actor: { kind: "user", userId }, address: null },
      { type: "user.changed", entityId: userId, payload: { userId } },
    );
  }
}
