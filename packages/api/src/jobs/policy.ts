import type { Role } from "../actor.ts";
import { AppError } from "../errors.ts";
import type { Member } from "../identity/session.ts";

const mayManage: readonly Role[] = ["owner", "admin"];

/** Dead jobs speak of the whole organization: its owner and admins alone see and retry them. */
export function assertMayManageJobs(member: Member): void {
  if (!mayManage.includes(member.role)) throw new AppError("forbidden", "Only owners and admins manage jobs");
}
