"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Dialog as Primitive } from "radix-ui";
import type { ReactNode } from "react";
import { Button } from "./button.tsx";
import { joinClasses } from "./join-classes.ts";

export const Dialog = Primitive.Root;

type DialogContentProps = {
  title: string;
  description?: string;
  /** What grows and shrinks as somebody types keeps its upper edge, and does not jump. */
  isAnchored?: boolean;
  /** For things to compare side by side. */
  isWide?: boolean;
  children: ReactNode;
};

/** A modal window. Focus stays inside, Escape closes it, and it is named by its title. */
export function DialogContent({
  title,
  description,
  isAnchored = false,
  isWide = false,
  children,
}: DialogContentProps) {
  const t = useTranslations("common");
  return (
    <Primitive.Portal>
      <Primitive.Overlay className="fixed inset-0 z-40 animate-fade-in bg-black/40" />
      <Primitive.Content
        className={joinClasses(
          "fixed left-1/2 z-50 w-[calc(100%-2rem)] -translate-x-1/2 animate-fade-in overflow-y-auto rounded-xl border bg-surface p-5 shadow-float focus:outline-none",
          isWide ? "max-w-3xl" : "max-w-md",
          isAnchored ? "top-[14dvh] max-h-[72dvh]" : "top-1/2 max-h-[90dvh] -translate-y-1/2",
        )}
        {...(description ? {} : { "aria-describedby": undefined })}
      >
        <div className="mb-4 pr-10">
          <Primitive.Title className="font-semibold text-base">{title}</Primitive.Title>
          {description && (
            <Primitive.Description className="mt-1 text-muted-foreground">
              {description}
            </Primitive.Description>
          )}
        </div>
        {children}
        {/* Last, so that the focus of a window that opens goes to what it asks for. */}
        <Primitive.Close asChild>
          <Button variant="ghost" size="icon" aria-label={t("close")} className="absolute top-3.5 right-3.5">
            <X />
          </Button>
        </Primitive.Close>
      </Primitive.Content>
    </Primitive.Portal>
  );
}
