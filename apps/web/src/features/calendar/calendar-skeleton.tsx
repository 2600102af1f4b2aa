import { Skeleton } from "../../components/skeleton.tsx";

const columns = ["a", "b", "c", "d", "e"] as const;
const blocks = [
  { top: 6, height: 12 },
  { top: 30, height: 8 },
  { top: 48, height: 16 },
  { top: 74, height: 10 },
] as const;

/** The shape of a week while the grid and its first data are on their way. */
export function CalendarSkeleton({ label }: { label: string }) {
  return (
    <div role="status" aria-label={label} className="flex min-h-0 flex-1 gap-2 bg-surface p-3 pl-14">
      {columns.map((column, index) => (
        <div key={column} className={index > 0 ? "relative hidden flex-1 sm:block" : "relative flex-1"}>
          <Skeleton className="mx-auto h-5 w-14" />
          <div className="absolute inset-x-0 top-10 bottom-0">
            {blocks.map((block, row) => (
              <Skeleton
                key={block.top}
                className="absolute inset-x-0"
                style={{ top: `${block.top + ((index * 7 + row * 3) % 9)}%`, height: `${block.height}%` }}
              />
            ))}
          </div>
        </div>
      ))}
    </div>
  );
}
