"use client";

import { useSyncExternalStore } from "react";

const changed = "creneau:theme";

function kept(): string {
  try {
    const theme = localStorage.getItem("theme");
    if (theme) return theme;
  } catch {
    // A browser that stores nothing keeps the choice as long as the page.
  }
  return document.documentElement.dataset.theme ?? "system";
}

function follow(onChange: () => void): () => void {
  const system = matchMedia("(prefers-color-scheme: dark)");
  system.addEventListener("change", onChange);
  for (const name of ["storage", changed]) addEventListener(name, onChange);
  return () => {
    system.removeEventListener("change", onChange);
    for (const name of ["storage", changed]) removeEventListener(name, onChange);
  };
}

/** Asks the script in the document to show the theme that is kept. */
export function showTheme(): void {
  dispatchEvent(new Event(changed));
}

/** Keeps a theme (`light`, `dark`, `system`) on this device and shows it. */
export function setTheme(theme: string): void {
  document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem("theme", theme);
  } catch {
    // See above.
  }
  showTheme();
}

/** The theme chosen on this device, and whether the page is dark now. */
export function useTheme(): { theme: string; isDark: boolean } {
  const theme = useSyncExternalStore(follow, kept, () => "system");
  const isDark = useSyncExternalStore(
    follow,
    () => document.documentElement.classList.contains("dark"),
    () => false,
  );
  return { theme, isDark };
}
