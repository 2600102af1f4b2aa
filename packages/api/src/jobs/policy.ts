import type { Role, UserActor } from "../actor.ts";
import { AppError } from "../errors.ts";

const mayManage: readonly Role[] = ["owner", "admin"];

/** Dead jobs speak of the whole organization: its owner and admins alone see and retry them. */
export function assertMayManageJobs(actor: UserActor): void {
  if (!mayManage.includes(actor.role)) throw new AppError("forbidden", "Only owners and admins manage jobs");
}
