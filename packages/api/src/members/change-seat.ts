import { inTenant, type TenantTx } from "@creneau/db/in-tenant";
import type { z } from "zod";
import { AppError, notFound } from "../errors.ts";
import { recordChange } from "../record-change.ts";
import type { TenantContext } from "../trpc.ts";
import { requireSites } from "./invite-member.ts";
import { requireMemberAction, requireRoleReach, requireSiteReach } from "./policy.ts";
import { listMembers } from "./queries.ts";
import type { changeRoleInput, MemberView } from "./schema.ts";

/**
 * Gives a seat another role or other sites; the person's sessions know at once. Only owners touch owners, nobody gives
 * more sites than they cover, and one owner always remains. Errors: `forbidden`, `not_found`, `in_use` (last owner).
 */
export async function changeRole(
  ctx: TenantContext,
  input: z.output<typeof changeRoleInput>,
): Promise<MemberView> {
  requireMemberAction(ctx.member, "change");
  const view = await inTenant(ctx.database, ctx.member.scope, async (tx) => {
    const seat = await lockSeat(tx, input.id);
    requireRoleReach(ctx.member, seat.role, input.role);
    requireSiteReach(ctx.member, seat.siteIds);
    if (input.siteIds) {
      requireSiteReach(ctx.member, input.siteIds);
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
    await recordChange(tx, ctx, {
      type: "member.changed",
      entityId: seat.id,
      payload: { userId: seat.userId },
      diff: { before, after: data },
    });
    const after = (await listMembers(tx, { ...ctx.member, siteIds: [] })).find(({ id }) => id === seat.id);
    if (!after) throw notFound("member");
    return after;
  });
  ctx.forgetSession(view.userId);
  return view;
}

/**
 * Takes a seat away, somebody else's or (`leave`) one's own. The provider this person was stays, without an account.
 * Errors: `forbidden`, `not_found`, `in_use` (last owner).
 */
export async function removeMember(ctx: TenantContext, { id }: { id: string }): Promise<void> {
  requireMemberAction(ctx.member, "change");
  await takeSeat(ctx, (seat) => seat.id === id);
}

/** Gives up one's own seat. Errors: `in_use` (last owner). */
export async function leaveOrganization(ctx: TenantContext): Promise<void> {
  await takeSeat(ctx, (seat) => seat.userId === ctx.member.userId);
}

interface SeatRow {
  id: string;
  userId: string;
  role: MemberView["role"];
  siteIds: string[];
}

async function takeSeat(ctx: TenantContext, isMeant: (seat: SeatRow) => boolean): Promise<void> {
  const userId = await inTenant(ctx.database, ctx.member.scope, async (tx) => {
    const { organizationId } = tx.scope;
    const found = (await tx.db.membership.findMany({ where: { organizationId } })).find(isMeant);
    const seat = await lockSeat(tx, found?.id);
    if (seat.userId !== ctx.member.userId) {
      requireRoleReach(ctx.member, seat.role);
      requireSiteReach(ctx.member, seat.siteIds);
    }
    if (seat.role === "owner") await requireAnotherOwner(tx, seat.id);
    await tx.db.provider.updateMany({
      where: { organizationId, userId: seat.userId },
      // Whoever leaves has the address of the feed: it dies with the seat.
      data: { userId: null, feedTokenHash: null },
    });
    await tx.db.membership.deleteMany({ where: { organizationId, id: seat.id } });
    await recordChange(tx, ctx, {
      type: "member.removed",
      entityId: seat.id,
      payload: { userId: seat.userId },
      diff: { removed: { role: seat.role } },
    });
    return seat.userId;
  });
  ctx.forgetSession(userId);
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
