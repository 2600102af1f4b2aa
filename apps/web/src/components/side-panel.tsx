"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Dialog as Primitive } from "radix-ui";
import type { ReactNode } from "react";
import { Button } from "./button.tsx";

type SidePanelProps = {
  open: boolean;
  onClose: () => void;
  title: string;
  /** The first field takes the focus instead of the panel. */
  isForm?: boolean;
  children: ReactNode;
};

/**
 * A panel beside the work, not above it: the calendar stays usable, so it is not modal.
 * A click elsewhere does not close it (choosing another appointment replaces its content); Escape does.
 */
export function SidePanel({ open, onClose, title, isForm = false, children }: SidePanelProps) {
  const t = useTranslations("common");
  return (
    <Primitive.Root open={open} onOpenChange={(next) => !next && onClose()} modal={false}>
      <Primitive.Portal>
        <Primitive.Content
          aria-describedby={undefined}
          onInteractOutside={(event) => event.preventDefault()}
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            const panel = event.currentTarget;
            if (!(panel instanceof HTMLElement)) return;
            const field = isForm ? panel.querySelector<HTMLElement>("form input, form select") : null;
            (field ?? panel).focus();
          }}
          tabIndex={-1}
          className="fixed inset-x-0 bottom-0 z-30 flex max-h-[80dvh] max-sm:[&_:is(button,select,input:not([type=checkbox]))]:min-h-11 max-sm:[&_button]:min-w-11 animate-rise-in flex-col rounded-t-xl border bg-surface shadow-float focus:outline-none sm:inset-x-auto sm:inset-y-0 sm:right-0 sm:max-h-none sm:w-96 sm:animate-slide-in-right sm:rounded-none sm:border-y-0 sm:border-r-0"
        >
          <div className="flex items-center justify-between gap-2 border-b px-4 py-2.5">
            <Primitive.Title className="truncate font-semibold">{title}</Primitive.Title>
            <Primitive.Close asChild>
              <Button variant="ghost" size="icon" aria-label={t("close")} className="-mr-2">
                <X />
              </Button>
            </Primitive.Close>
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto p-4">{children}</div>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
