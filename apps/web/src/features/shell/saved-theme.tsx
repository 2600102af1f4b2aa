"use client";

import { useEffect } from "react";
import { setTheme } from "../../components/use-theme.ts";
import { useViewer } from "../viewer/viewer.tsx";

const themes = ["light", "dark", "system"];

/** Applies the profile's theme on a device that has none of its own yet. */
export function SavedTheme() {
  const { theme: saved } = useViewer().user;
  useEffect(() => {
    try {
      if (localStorage.getItem("theme") === null && saved !== "system" && themes.includes(saved))
        setTheme(saved);
    } catch {
      // A browser that stores nothing follows its system.
    }
  }, [saved]);
  return null;
}
