"use client";

import type { ReactNode } from "react";
import { usePathname } from "../../i18n/navigation.ts";
import { NotAllowed } from "../directory/query-state.tsx";
import { useLiveDirectory } from "../directory/use-live-directory.ts";
import { useViewer } from "../viewer/viewer.tsx";
import { SettingsMenu } from "./settings-menu.tsx";
import { isSettingsPageOpen, settingsPageAt } from "./settings-pages.ts";

/** A page of the settings beside their menu; in its place, what a role does not open is said so. */
export function SettingsFrame({ children }: { children: ReactNode }) {
  const pathname = usePathname();
  const { permissions } = useViewer();
  const page = settingsPageAt(pathname);
  useLiveDirectory();
  return (
    <div className="flex min-h-0 flex-1 flex-col lg:flex-row">
      <SettingsMenu current={page?.key} />
      {page && !isSettingsPageOpen(page, permissions) ? <NotAllowed /> : children}
    </div>
  );
}
