"use client";

import { Toaster as Sonner } from "sonner";
import { useTheme } from "./use-theme.ts";

/** Where toasts appear: above the bottom bar of a phone, bottom right elsewhere. */
export function Toaster() {
  const { isDark } = useTheme();
  return (
    <Sonner
      theme={isDark ? "dark" : "light"}
      position="bottom-right"
      mobileOffset={{ bottom: 72 }}
      toastOptions={{
        classNames: {
          toast: "!rounded-lg !border-border !bg-surface !text-foreground !shadow-float tabular",
          description: "!text-muted-foreground",
          actionButton: "!bg-accent !text-accent-foreground",
          cancelButton: "!bg-muted !text-foreground",
        },
      }}
    />
  );
}
