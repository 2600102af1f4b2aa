"use client";

import { calendarRights } from "../viewer/calendar-rights.ts";
import { useViewer } from "../viewer/viewer.tsx";

/** What the person may do with appointments, for screens; the server decides again on the loaded row. */
export function useAppointmentRights() {
  const viewer = useViewer();
  const { permissions } = viewer;
  return {
    ...calendarRights(viewer),
    canCreate: permissions.includes("appointments.create"),
    /** Whether for any provider; else only for the person's own. */
    canCreateForAll: permissions.includes("appointments.change_all"),
    canSeeClients: permissions.includes("clients.view"),
    ownProviderId: viewer.providerId,
  };
}
