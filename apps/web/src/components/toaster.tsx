"use client";

import { useTheme } from "next-themes";
import { Toaster as Sonner } from "sonner";

/** Where toasts appear: above the bottom bar of a phone, bottom right elsewhere. */
export function Toaster() {
  const { resolvedTheme } = useTheme();
  return (
    <Sonner
      theme={resolvedTheme === "dark" ? "dark" : "light"}
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
