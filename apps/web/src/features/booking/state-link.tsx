"use client";

import type { ComponentProps } from "react";
import { isPlainClick } from "../../components/plain-click.ts";

type StateLinkProps = Omit<ComponentProps<"a">, "href" | "onClick"> & {
  /** Undefined: it leads nowhere for now, keeps its place and the focus, and says so. */
  href: string | undefined;
  /** Follows it without asking the server; before its script is there, the browser asks. */
  onFollow: () => void;
};

/** A link to another state of this page. */
export function StateLink({ href, onFollow, ...props }: StateLinkProps) {
  return (
    <a
      // Robots need not follow every day and every time there is.
      rel="nofollow"
      tabIndex={0}
      {...props}
      href={href}
      role={href ? undefined : "link"}
      aria-disabled={!href}
      onClick={(event) => {
        if (!href || !isPlainClick(event)) return;
        event.preventDefault();
        onFollow();
      }}
    />
  );
}
