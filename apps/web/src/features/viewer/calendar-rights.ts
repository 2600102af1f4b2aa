import type { Viewer } from "./viewer.tsx";

const mayForce = new Set<Viewer["role"]>(["owner", "admin", "manager"]);

/** What the screen offers; the server decides again on the loaded appointment. */
export function calendarRights({
  role,
  providerId,
  permissions,
}: Pick<Viewer, "role" | "providerId" | "permissions">) {
  const canChangeAll = permissions.includes("appointments.change_all");
  const canChangeOwn = permissions.includes("appointments.change_own");
  const canBlockAll = permissions.includes("availability.change_all");
  const canBlockOwn = permissions.includes("availability.change_own");
  const isOwn = (provider: { id: string }) => provider.id === providerId;
  return {
    /** Whether an appointment of this provider may be moved, cancelled or given another status. */
    canChange: (appointment: { providerId: string }) =>
      canChangeAll || (canChangeOwn && appointment.providerId === providerId),
    /** Whether a place that is taken or closed may be taken anyway. */
    canForce: mayForce.has(role),
    canCreate: permissions.includes("appointments.create"),
    /** Whether a new appointment may be given to this provider. */
    canBookFor: (provider: { id: string }) => canChangeAll || isOwn(provider),
    /** Whether this provider's time may be blocked. */
    canBlock: (provider: { id: string }) => canBlockAll || (canBlockOwn && isOwn(provider)),
  };
}
