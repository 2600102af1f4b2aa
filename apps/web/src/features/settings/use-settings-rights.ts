"use client";

import { useViewer } from "../viewer/viewer.tsx";

/** What the person may do in the settings of the directory, as the server will decide. */
export function useSettingsRights() {
  const { permissions, siteIds } = useViewer();
  const mayChange = permissions.includes("directory.change");
  const coversEverySite = siteIds.length === 0;
  return {
    mayChange,
    /** New sites, and services, concern every site. */
    mayChangeAll: mayChange && coversEverySite,
    coversEverySite,
  };
}
