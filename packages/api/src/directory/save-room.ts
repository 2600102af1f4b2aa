import { inTenant } from "@creneau/db/in-tenant";
import type { z } from "zod";
import { notFound } from "../errors.ts";
import { differences, recordChange } from "../record-change.ts";
import type { TenantContext } from "../trpc.ts";
import { directoryChange } from "./events.ts";
import { requireDirectoryAction, sitesInReach } from "./policy.ts";
import { listRooms, listSites } from "./queries.ts";
import type { createRoomInput, RoomView, updateRoomInput } from "./schema.ts";

/** Adds a room to a site the member covers. Errors: `forbidden`, `not_found`. */
export function createRoom(ctx: TenantContext, input: z.output<typeof createRoomInput>): Promise<RoomView> {
  requireDirectoryAction(ctx.member, "directory.change");
  return inTenant(ctx.database, ctx.member.scope, async (tx) => {
    const sites = await listSites(tx, { ids: [input.siteId], siteIds: sitesInReach(ctx.member) });
    if (sites.length === 0) throw notFound("site");
    const { id } = await tx.db.room.create({
      data: { ...input, organizationId: tx.scope.organizationId },
      select: { id: true },
    });
    await recordChange(tx, ctx, directoryChange({ kind: "room", action: "created", id, diff: input }));
    return oneRoom(await listRooms(tx, { ids: [id] }));
  });
}

/** Renames a room. Errors: `forbidden`, `not_found`. */
export function updateRoom(
  ctx: TenantContext,
  { id, name }: z.output<typeof updateRoomInput>,
): Promise<RoomView> {
  requireDirectoryAction(ctx.member, "directory.change");
  return inTenant(ctx.database, ctx.member.scope, async (tx) => {
    const filter = { ids: [id], siteIds: sitesInReach(ctx.member) };
    const before = oneRoom(await listRooms(tx, filter));
    await tx.db.room.update({
      where: { organizationId_id: { organizationId: tx.scope.organizationId, id } },
      data: { name },
      select: { id: true },
    });
    const after = oneRoom(await listRooms(tx, filter));
    await recordChange(
      tx,
      ctx,
      directoryChange({
        kind: "room",
        action: "changed",
        id,
        diff: differences(before, after),
      }),
    );
    return after;
  });
}

function oneRoom(rows: RoomView[]): RoomView {
  const room = rows[0];
  if (!room) throw notFound("room");
  return room;
}
