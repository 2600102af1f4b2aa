/**
 * Joins class names. Of two that set the same property neither replaces the other: what a caller or a state may replace is
 * written `base:…`, which every other class outweighs.
 */
export function joinClasses(...names: (string | false | 0 | null | undefined)[]): string {
  return names.filter(Boolean).join(" ");
}
