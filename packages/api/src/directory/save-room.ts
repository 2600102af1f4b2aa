import { inTenant } from "@creneau/db/in-tenant";
import type { z } from "zod";
import { sitesInReach } from "../actor.ts";
import { notFound } from "../errors.ts";
import { differences, recordChange } from "../record-change.ts";
import type { TenantWork } from "../tenant-work.ts";
import { directoryChange } from "./events.ts";
import { requireDirectoryAction } from "./policy.ts";
import { listRooms, listSites } from "./queries.ts";
import type { createRoomInput, RoomView, updateRoomInput } from "./schema.ts";

/** Adds a room to a site the member covers. Errors: `forbidden`, `not_found`. */
export function createRoom(work: TenantWork, input: z.output<typeof createRoomInput>): Promise<RoomView> {
  requireDirectoryAction(work.actor, "directory.change");
  return inTenant(work.database, work.scope, async (tx) => {
    const sites = await listSites(tx, { ids: [input.siteId], siteIds: sitesInReach(work.actor) });
    if (sites.length === 0) throw notFound("site");
    const { id } = await tx.db.room.create({
      data: { ...input, organizationId: tx.scope.organizationId },
      select: { id: true },
    });
    await recordChange(tx, work, directoryChange({ kind: "room", action: "created", id, diff: input }));
    return oneRoom(await listRooms(tx, { ids: [id] }));
  });
}

/** Renames a room. Errors: `forbidden`, `not_found`. */
export function updateRoom(
  work: TenantWork,
  { id, name }: z.output<typeof updateRoomInput>,
): Promise<RoomView> {
  requireDirectoryAction(work.actor, "directory.change");
  return inTenant(work.database, work.scope, async (tx) => {
    const filter = { ids: [id], siteIds: sitesInReach(work.actor) };
    const before = oneRoom(await listRooms(tx, filter));
    await tx.db.room.update({
      where: { organizationId_id: { organizationId: tx.scope.organizationId, id } },
      data: { name },
      select: { id: true },
    });
    const after = oneRoom(await listRooms(tx, filter));
    await recordChange(
      tx,
      work,
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
