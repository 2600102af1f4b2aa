"use client";

import { useEffect, useState } from "react";
import { useDelayed } from "../directory/use-delayed.ts";
import { useUrlState } from "../directory/use-url-state.ts";
import { useSettingsRights } from "./use-settings-rights.ts";

/** Rows a list of the settings reads at a time. */
const pageSize = 50;

/** What a list of the settings shows, kept in its address: the words searched for, and whether archived rows are shown. */
export function useListState() {
  const { get, update } = useUrlState();
  const { mayChange } = useSettingsRights();
  const [text, setText] = useState(get("search") ?? "");
  const search = useDelayed(text.trim());
  const isArchivedShown = mayChange && get("archived") === "1";
  useEffect(() => update({ search }), [search, update]);
  return {
    text,
    setText,
    search,
    isArchivedShown,
    showArchived: (isShown: boolean) => update({ archived: isShown ? "1" : null }),
    input: { search: search || undefined, includeArchived: isArchivedShown, limit: pageSize },
  };
}

export type ListState = ReturnType<typeof useListState>;
