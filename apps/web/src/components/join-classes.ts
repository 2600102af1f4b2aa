/**
 * Joins class names. Unlike `classNames` it lets no class replace another one and costs the pages of clients next to
 * nothing: what a caller may replace is written `base:…`, which every other class outweighs.
 */
export function joinClasses(...names: (string | false | 0 | null | undefined)[]): string {
  return names.filter(Boolean).join(" ");
}
