import type { ReactNode } from "react";
import { joinClasses } from "./join-classes.ts";

type PageProps = {
  title: string;
  lead?: string;
  actions?: ReactNode;
  /** `narrow` for forms and reading, `wide` for lists and tables. */
  width?: "narrow" | "wide";
  children: ReactNode;
};

/** A scrolling page of staff: its title, what can be done here, and its content. */
export function Page({ title, lead, actions, width = "wide", children }: PageProps) {
  return (
    <div className="relative min-h-0 flex-1 overflow-y-auto">
      <div
        className={joinClasses(
          "mx-auto flex w-full flex-col gap-5 px-4 py-5 md:px-6",
          width === "narrow" ? "max-w-3xl" : "max-w-6xl",
        )}
      >
        <div className="flex flex-wrap items-start justify-between gap-3">
          <div className="min-w-0">
            <h1 className="text-balance font-semibold text-xl tracking-tight">{title}</h1>
            {lead && <p className="mt-0.5 max-w-prose text-muted-foreground">{lead}</p>}
          </div>
          {actions && (
            <div className="flex flex-wrap items-center gap-2 max-sm:w-full max-sm:[&>*]:min-h-11 max-sm:[&>*]:grow">
              {actions}
            </div>
          )}
        </div>
        {children}
      </div>
    </div>
  );
}

/** A framed part of a page with its own heading. */
export function Panel({
  title,
  description,
  actions,
  children,
  className,
}: {
  title?: string;
  description?: string;
  actions?: ReactNode;
  children: ReactNode;
  className?: string;
}) {
  return (
    <section className={joinClasses("rounded-xl border bg-surface base:p-4", className)}>
      {(title || actions) && (
        <div className="mb-3 flex flex-wrap items-start justify-between gap-2">
          <div>
            {title && <h2 className="font-semibold">{title}</h2>}
            {description && <p className="mt-0.5 text-muted-foreground text-xs">{description}</p>}
          </div>
          {actions}
        </div>
      )}
      {children}
    </section>
  );
}
