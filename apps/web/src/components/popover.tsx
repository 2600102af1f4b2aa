"use client";

import { Popover as Primitive } from "radix-ui";
import type { ComponentProps } from "react";
import { joinClasses } from "./join-classes.ts";

export const Popover = Primitive.Root;
export const PopoverTrigger = Primitive.Trigger;

/** A small window tied to what opened it; Escape and a click elsewhere close it. */
export function PopoverContent({ className, ...props }: ComponentProps<typeof Primitive.Content>) {
  return (
    <Primitive.Portal>
      <Primitive.Content
        sideOffset={6}
        collisionPadding={8}
        className={joinClasses(
          "z-50 animate-rise-in rounded-lg border bg-surface base:p-3 text-foreground shadow-float focus:outline-none",
          className,
        )}
        {...props}
      />
    </Primitive.Portal>
  );
}
