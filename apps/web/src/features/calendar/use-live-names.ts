"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { trpc } from "../../trpc/react.ts";
import { useDirectoryChanges } from "../directory/use-directory-changes.ts";
import { refreshAppointments } from "./appointment-cache.ts";

/** In a large network somebody always changes something somewhere: a calendar asks no more often than this, nor as it opens. */
const pauseMilliseconds = 5_000;

/**
 * Reads the names, colours and hours that the calendar shows again when anybody changes them. What turns out to be the
 * same is kept as it was, so that nothing is drawn anew for it.
 */
export function useLiveNames() {
  const { directory, availability } = trpc.useUtils();
  const queryClient = useQueryClient();
  const isFirst = useRef(true);
  useDirectoryChanges({
    pause: pauseMilliseconds,
    onChange(kinds) {
      const has = (...names: string[]) => names.some((name) => kinds.has(name));
      if (has("site")) void directory.sites.invalidate();
      if (has("site", "room")) void directory.rooms.invalidate();
      if (has("site", "provider")) void directory.providers.invalidate();
      if (has("provider", "service")) void directory.services.invalidate();
      if (has("site", "provider", "hours")) void availability.invalidate();
      // Appointments come with their names; at the start their own line reads them again.
      if (has("client", "subject", "service") && !isFirst.current) void refreshAppointments(queryClient);
      isFirst.current = false;
    },
  });
}
