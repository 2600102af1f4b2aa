"use client";

import { useRouter } from "next/navigation";
import type { ComponentProps } from "react";
import { isPlainClick } from "../../components/plain-click.ts";

/** A link that keeps the page alive, and loads nothing before it is followed: all that these pages need of one. */
export function SoftLink({ href, ...props }: ComponentProps<"a"> & { href: string }) {
  const router = useRouter();
  return (
    <a
      href={href}
      onClick={(event) => {
        if (!isPlainClick(event)) return;
        event.preventDefault();
        router.push(href);
      }}
      {...props}
    />
  );
}
