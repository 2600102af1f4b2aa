"use client";

import { trpc } from "../../trpc/react.ts";

/** After a change of the directory: whatever shows sites, rooms, providers or services reads them again. */
export function useDirectoryRefresh() {
  const { directory, availability } = trpc.useUtils();
  return () =>
    Promise.all([
      directory.sites.invalidate(),
      directory.rooms.invalidate(),
      directory.providers.invalidate(),
      directory.services.invalidate(),
      availability.invalidate(),
    ]);
}
