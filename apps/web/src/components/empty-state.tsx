import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

type EmptyStateProps = { icon?: LucideIcon; title: string; description?: string; action?: ReactNode };

/** What stands where there is nothing to show: what this place is for, and the next step. */
export function EmptyState({ icon: Icon, title, description, action }: EmptyStateProps) {
  return (
    <div className="mx-auto flex max-w-sm flex-col items-center gap-2 px-4 py-10 text-center">
      {Icon && <Icon aria-hidden className="mb-1 size-6 text-muted-foreground" />}
      <h2 className="font-semibold text-base">{title}</h2>
      {description && <p className="text-balance text-muted-foreground">{description}</p>}
      {action && <div className="mt-3">{action}</div>}
    </div>
  );
}
