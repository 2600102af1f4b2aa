import type { Change } from "../record-change.ts";
import type { TargetIds } from "./load-target.ts";

/** A change of the target's hours or absences. */
export function availabilityChange({
  providerId,
  siteId,
  roomId,
  diff,
}: TargetIds & { diff: object }): Change<"availability.changed"> {
  return {
    type: "availability.changed",
    entity: providerId ? "provider" : roomId ? "room" : "site",
    entityId: providerId ?? roomId ?? siteId ?? "",
    payload: { ...(providerId && { providerId }), ...(siteId && { siteId }), ...(roomId && { roomId }) },
    diff,
  };
}
