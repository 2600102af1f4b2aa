import type { ReactNode } from "react";
import type { Sign } from "../../components/signs.tsx";

/** One settled thing: a sign and its words. */
export function AsideLine({
  icon: Icon,
  isWhen,
  children,
}: {
  icon: Sign;
  isWhen?: true;
  children: ReactNode;
}) {
  return (
    <li className="flex gap-2.5" data-when={isWhen}>
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-muted-foreground" />
      <span className="min-w-0">{children}</span>
    </li>
  );
}
