import type { GridResource } from "./grid-resources.ts";

/** The head of a provider's or a room's column: colour, name and what they are. */
export function ColumnHeading({ resource }: { resource: GridResource }) {
  return (
    <span className="flex min-w-0 items-center justify-center gap-1.5">
      {resource.colour && (
        <span
          aria-hidden
          className="size-2.5 shrink-0 rounded-full"
          style={{ background: resource.colour }}
        />
      )}
      <span className="min-w-0 text-left leading-tight">
        <span className="block truncate font-semibold" title={resource.title}>
          {resource.title}
        </span>
        {resource.detail && (
          <span className="block truncate font-normal text-muted-foreground text-xs">{resource.detail}</span>
        )}
      </span>
    </span>
  );
}
