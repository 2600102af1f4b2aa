"use client";

import { useRouter } from "next/navigation";
import type { ComponentProps, MouseEvent } from "react";

/** A link that keeps the page alive, and loads nothing before it is followed: all that these pages need of one. */
export function SoftLink({ href, ...props }: ComponentProps<"a"> & { href: string }) {
  const router = useRouter();
  function follow(event: MouseEvent) {
    const isPlain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
    if (!isPlain || event.defaultPrevented) return;
    event.preventDefault();
    router.push(href);
  }
  return <a href={href} onClick={follow} {...props} />;
}
