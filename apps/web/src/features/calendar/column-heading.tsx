import type { GridResource } from "./grid-resources.ts";

/**
 * The head of a provider's or a room's column: colour, name and what they are. A narrow one, where each day has a column
 * for everybody, gives both of its lines to the name.
 */
export function ColumnHeading({ resource, isNarrow }: { resource: GridResource; isNarrow: boolean }) {
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
        <span
          className={
            isNarrow ? "line-clamp-2 whitespace-normal font-semibold text-xs" : "block truncate font-semibold"
          }
          title={resource.title}
        >
          {resource.title}
        </span>
        {resource.detail && !isNarrow && (
          <span className="block truncate font-normal text-muted-foreground text-xs">{resource.detail}</span>
        )}
      </span>
    </span>
  );
}
