import type { Role } from "../actor.ts";
import type { Member } from "../identity/session.ts";

/** What staff may do with notes of the appointments they can read. */
export const notePolicy: Readonly<
  Record<Role, Readonly<{ read: boolean; write: boolean; removeOthers: boolean }>>
> = {
  owner: { read: true, write: true, removeOthers: true },
  admin: { read: true, write: true, removeOthers: true },
  manager: { read: true, write: true, removeOthers: false },
  provider: { read: true, write: true, removeOthers: false },
  operator: { read: true, write: true, removeOthers: false },
  viewer: { read: false, write: false, removeOthers: false },
};

/** Whether the member may remove or share this note: its author, or who may for others. System notes stay. */
export function mayChangeNote(member: Member, note: { kind: string; authorUserId: string | null }): boolean {
  if (note.kind === "system" || !notePolicy[member.role].write) return false;
  return note.authorUserId === member.userId || notePolicy[member.role].removeOthers;
}
