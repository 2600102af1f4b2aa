import type { ReactNode } from "react";
import type { Sign } from "./signs.tsx";

export type EmptyStateProps = {
  icon?: Sign;
  title: string;
  description?: string;
  action?: ReactNode;
  isPage?: boolean;
};

/** What stands where there is nothing to show: what this place is for, and the next step. */
export function EmptyState({ icon: Icon, title, description, action, isPage = false }: EmptyStateProps) {
  const Heading = isPage ? "h1" : "h2";
  return (
    <div className="mx-auto flex max-w-sm flex-col items-center gap-2 px-4 py-10 text-center">
      {Icon && <Icon aria-hidden className="mb-1 size-6 text-muted-foreground" />}
      <Heading className="font-semibold text-base">{title}</Heading>
      {description && <p className="text-balance text-muted-foreground">{description}</p>}
      {action && <div className="mt-3">{action}</div>}
    </div>
  );
}
