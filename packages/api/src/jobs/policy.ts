import { type Role, sitesOf, type UserActor } from "../actor.ts";
import { AppError } from "../errors.ts";

const mayManage: readonly Role[] = ["owner", "admin"];

/** Dead jobs speak of the whole organization: its owner and admins alone see and retry them, and only of every site. */
export function assertMayManageJobs(actor: UserActor): void {
  if (!mayManage.includes(actor.role) || sitesOf(actor) !== null)
    throw new AppError("forbidden", "Only owners and admins manage jobs");
}
