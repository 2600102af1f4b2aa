import { joinClasses } from "./join-classes.ts";

/** First letters of the first and last word: "Claire Martin" gives "CM". */
function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = words[0]?.[0] ?? "";
  const last = words.length > 1 ? (words.at(-1)?.[0] ?? "") : "";
  return (first + last).toLocaleUpperCase();
}

/** A person as initials; the name stands beside it, so it is decorative. */
export function Avatar({ name, className }: { name: string; className?: string }) {
  return (
    <span
      aria-hidden
      className={joinClasses(
        "grid base:size-7 shrink-0 place-items-center rounded-full base:bg-muted-strong font-semibold base:text-[11px] base:text-foreground",
        className,
      )}
    >
      {initials(name)}
    </span>
  );
}
