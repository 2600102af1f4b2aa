import { inTenant, type TenantTx } from "@creneau/db/in-tenant";
import type { z } from "zod";
import type { UserActor } from "../actor.ts";
import { AppError, notFound } from "../errors.ts";
import { recordChange } from "../record-change.ts";
import type { Services } from "../services.ts";
import type { TenantWork } from "../tenant-work.ts";
import { requireSites } from "./invite-member.ts";
import { requireMemberAction, requireRoleReach, requireSiteReach } from "./policy.ts";
import { listMembers } from "./queries.ts";
import type { changeRoleInput, MemberView } from "./schema.ts";

/**
 * Gives a seat another role or other sites; the person's sessions know at once. Only owners touch owners, nobody gives
 * more sites than they cover, and one owner always remains. Errors: `forbidden`, `not_found`, `in_use` (last owner).
 */
export async function changeRole(
  work: SeatWork,
  input: z.output<typeof changeRoleInput>,
): Promise<MemberView> {
  requireMemberAction(work.actor, "change");
  const view = await inTenant(work.database, work.scope, async (tx) => {
    const seat = await lockSeat(tx, input.id);
    requireRoleReach(work.actor, seat.role, input.role);
    requireSiteReach(work.actor, seat.siteIds);
    if (input.siteIds) {
      requireSiteReach(work.actor, input.siteIds);
      await requireSites(tx, input.siteIds);
    }
    if (seat.role === "owner" && input.role && input.role !== "owner") await requireAnotherOwner(tx, seat.id);
    const data = { role: input.role ?? seat.role, siteIds: input.siteIds ?? seat.siteIds };
    await tx.db.membership.update({
      where: { organizationId_id: { organizationId: tx.scope.organizationId, id: seat.id } },
      data,
      select: { id: true },
    });
    const before = { role: seat.role, siteIds: seat.siteIds };
    await recordChange(tx, work, {
      type: "member.changed",
      entityId: seat.id,
      payload: { userId: seat.userId },
      diff: { before, after: data },
    });
    const after = (await listMembers(tx, { ...work.actor, siteIds: [] })).find(({ id }) => id === seat.id);
    if (!after) throw notFound("member");
    return after;
  });
  work.forgetSession(view.userId);
  return view;
}

/**
 * Takes a seat away, somebody else's or (`leave`) one's own. The provider this person was stays, without an account.
 * Errors: `forbidden`, `not_found`, `in_use` (last owner).
 */
export async function removeMember(work: SeatWork, { id }: { id: string }): Promise<void> {
  requireMemberAction(work.actor, "change");
  await takeSeat(work, (seat) => seat.id === id);
}

/** Gives up one's own seat. Errors: `in_use` (last owner). */
export async function leaveOrganization(work: SeatWork): Promise<void> {
  await takeSeat(work, (seat) => seat.userId === work.actor.userId);
}

/** Whoever changes a seat has its person's sessions looked at again. */
type SeatWork = TenantWork<UserActor> & Pick<Services, "forgetSession">;

interface SeatRow {
  id: string;
  userId: string;
  role: MemberView["role"];
  siteIds: string[];
}

async function takeSeat(work: SeatWork, isMeant: (seat: SeatRow) => boolean): Promise<void> {
  const userId = await inTenant(work.database, work.scope, async (tx) => {
    const { organizationId } = tx.scope;
    const found = (await tx.db.membership.findMany({ where: { organizationId } })).find(isMeant);
    const seat = await lockSeat(tx, found?.id);
    if (seat.userId !== work.actor.userId) {
      requireRoleReach(work.actor, seat.role);
      requireSiteReach(work.actor, seat.siteIds);
    }
    if (seat.role === "owner") await requireAnotherOwner(tx, seat.id);
    await tx.db.provider.updateMany({
      where: { organizationId, userId: seat.userId },
      // Whoever leaves has the address of the feed: it dies with the seat.
      data: { userId: null, feedTokenHash: null },
    });
    await tx.db.membership.deleteMany({ where: { organizationId, id: seat.id } });
    await recordChange(tx, work, {
      type: "member.removed",
      entityId: seat.id,
      payload: { userId: seat.userId },
      diff: { removed: { role: seat.role } },
    });
    return seat.userId;
  });
  work.forgetSession(userId);
}

/** Locks the owners' seats too, in key order: two owners who leave at once must not both see the other. */
async function lockSeat(tx: TenantTx, id: string | undefined): Promise<SeatRow> {
  const rows = await tx.query<SeatRow>(
    `SELECT id, user_id AS "userId", role::text AS role, site_ids AS "siteIds" FROM membership
     WHERE organization_id = $1::uuid AND (id = $2::uuid OR role = 'owner') ORDER BY id FOR UPDATE`,
    [tx.scope.organizationId, id ?? null],
  );
  const seat = rows.find((row) => row.id === id);
  if (!seat) throw notFound("member");
  return seat;
}

async function requireAnotherOwner(tx: TenantTx, seatId: string): Promise<void> {
  const others = await tx.db.membership.count({
    where: { organizationId: tx.scope.organizationId, role: "owner", id: { not: seatId } },
  });
  if (others === 0)
    throw new AppError("in_use", "An organization needs an owner: name another one first", { field: "role" });
}
