"use client";

import dynamic from "next/dynamic";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { isGuestPath } from "./guest-path.ts";

const StaffProviders = dynamic(() => import("./staff-providers.tsx"));

/** Tooltips and toasts, except on the pages clients open on a phone: those load nothing they do not use. */
export function PageProviders({ children }: { children: ReactNode }) {
  const pathname = usePathname() ?? "";
  if (isGuestPath(pathname)) return children;
  return <StaffProviders>{children}</StaffProviders>;
}
