"use client";

import type { ReactNode } from "react";
import { Toaster } from "./toaster.tsx";

/** What the screens of staff stand on besides messages and theme. */
export default function StaffProviders({ children }: { children: ReactNode }) {
  return (
    <>
      {children}
      <Toaster />
    </>
  );
}
