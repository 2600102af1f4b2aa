import type { PlacementPermission } from "@creneau/domain/appointments/placement";
import type { Actor } from "../actor.ts";
import type { Placement } from "../placement/read-placement.ts";

import { mayActOn } from "./policy.ts";

/** What the actor may do about a place that is not free or not open. */
export function placementPermission(actor: Actor, placement: Placement, force: boolean): PlacementPermission {
  const target = { providerId: placement.provider.id, siteId: placement.site.id };
  return {
    authority: "staff",
    force,
    mayForce: mayActOn(actor, "force", target),
    lanes: overbookingLanes(placement.site.overbookingPercent, force),
    externalConflicts: "warn",
  };
}

/**
 * Lanes beside lane 0: each started 100 % of the site's tolerance opens one. A force opens at least one even where the
 * site tolerates none: that is what forcing means, and it is audited.
 */
function overbookingLanes(percent: number, force: boolean): number {
  return Math.max(Math.ceil(percent / 100), force ? 1 : 0);
}
