import type { Viewer } from "../viewer/viewer.tsx";
import { type Role, roles } from "./member.ts";

type Seat = { role: Role; siteIds: readonly string[] };

/**
 * Which seats a person may give and change, as the server will decide it: owners alone touch owners, and nobody gives
 * more sites than they cover.
 */
export function seatReach({ permissions, siteIds }: Pick<Viewer, "permissions" | "siteIds">) {
  const mayChange = permissions.includes("members.change");
  const mayNameOwners = permissions.includes("owners.change");
  const coversAll = siteIds.length === 0;
  return {
    mayChange,
    coversAll,
    roles: roles.filter((role) => role !== "owner" || mayNameOwners),
    canChange(seat: Seat): boolean {
      if (!mayChange || (seat.role === "owner" && !mayNameOwners)) return false;
      return coversAll || (seat.siteIds.length > 0 && seat.siteIds.every((id) => siteIds.includes(id)));
    },
  };
}
