import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import { StaffFrame } from "../../../features/shell/staff-frame.tsx";

/** Every page of staff: one frame, which stays with its toasts, its lists and its live line from page to page. */
export default function StaffLayout({ children }: { children: ReactNode }) {
  return (
    <NextIntlClientProvider>
      <StaffFrame>{children}</StaffFrame>
    </NextIntlClientProvider>
  );
}
