import type { ReactNode } from "react";
import { SettingsFrame } from "../../../../features/settings/settings-frame.tsx";

/** The settings: beside each page the menu of the others. */
export default function SettingsLayout({ children }: { children: ReactNode }) {
  return <SettingsFrame>{children}</SettingsFrame>;
}
