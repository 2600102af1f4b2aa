import type { Viewer } from "../viewer/viewer.tsx";

const roles: readonly Viewer["role"][] = ["owner", "admin", "manager", "operator"];

/** Whether the screen offers to merge clients; the server decides. */
export function mayMergeClients({ role }: Pick<Viewer, "role">): boolean {
  return roles.includes(role);
}
