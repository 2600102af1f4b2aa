import type { Role, UserActor } from "../actor.ts";

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

/** Whether the actor may remove or share this note: its author, or who may for others. System notes stay. */
export function mayChangeNote(
  actor: UserActor,
  note: { kind: string; authorUserId: string | null },
): boolean {
  if (note.kind === "system" || !notePolicy[actor.role].write) return false;
  return note.authorUserId === actor.userId || notePolicy[actor.role].removeOthers;
}
