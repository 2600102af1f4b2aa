"use client";

import { keepPreviousData } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useDelayed } from "../directory/use-delayed.ts";
import { useUrlState } from "../directory/use-url-state.ts";
import { useSettingsRights } from "./use-settings-rights.ts";

/** Rows a list of the settings reads at a time. */
const pageSize = 50;

/** How a list of the settings is read: by pages, anew at each visit, and the rows before stay while others come. */
export const byPages = {
  getNextPageParam: (page: { nextCursor: string | null }) => page.nextCursor,
  placeholderData: keepPreviousData,
  staleTime: 0,
};

/** What a list of the settings shows, kept in its address: the words searched for, and whether archived rows are shown. */
export function useListState() {
  const { get, update } = useUrlState();
  const { mayChange } = useSettingsRights();
  const [text, setText] = useState(get("search") ?? "");
  const search = useDelayed(text.trim());
  // Kept here as well: the address follows a moment later, and a box must not jump back meanwhile.
  const [isArchiveAsked, setIsArchiveAsked] = useState(get("archived") === "1");
  const isArchivedShown = mayChange && isArchiveAsked;
  useEffect(() => update({ search }), [search, update]);
  return {
    text,
    setText,
    search,
    isArchivedShown,
    showArchived: (isShown: boolean) => {
      setIsArchiveAsked(isShown);
      update({ archived: isShown ? "1" : null });
    },
    input: { search: search || undefined, includeArchived: isArchivedShown, limit: pageSize },
  };
}

export type ListState = ReturnType<typeof useListState>;
