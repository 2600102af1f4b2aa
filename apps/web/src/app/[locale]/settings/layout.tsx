import type { ReactNode } from "react";
import { SettingsFrame } from "../../../features/settings/settings-frame.tsx";
import { StaffFrame } from "../../../features/shell/staff-frame.tsx";

/** The settings: the frame of staff, and beside each page the menu of the others. */
export default function SettingsLayout({ children }: { children: ReactNode }) {
  return (
    <StaffFrame>
      <SettingsFrame>{children}</SettingsFrame>
    </StaffFrame>
  );
}
