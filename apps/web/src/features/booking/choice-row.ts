/** One line of a list to choose from. */
export const rowClassName =
  "flex min-h-16 items-center gap-4 rounded-xl border bg-surface px-4 py-3 text-left transition-colors hover:border-accent hover:bg-accent/5";
