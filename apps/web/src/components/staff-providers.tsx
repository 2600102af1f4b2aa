"use client";

import { type ReactNode, useLayoutEffect } from "react";
import { Toaster } from "./toaster.tsx";
import { showTheme } from "./use-theme.ts";

/** What the screens of staff stand on besides messages. */
export function StaffProviders({ children }: { children: ReactNode }) {
  // A change of language draws the whole document anew, without the class that the theme's script had put there.
  useLayoutEffect(showTheme, []);
  return (
    <>
      {children}
      <Toaster />
    </>
  );
}
