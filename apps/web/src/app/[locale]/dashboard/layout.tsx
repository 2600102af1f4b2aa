import type { ReactNode } from "react";
import { StaffFrame } from "../../../features/shell/staff-frame.tsx";

/** The daily work of staff. */
export default function DashboardLayout({ children }: { children: ReactNode }) {
  return <StaffFrame>{children}</StaffFrame>;
}
