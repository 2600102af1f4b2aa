import type { MouseEvent } from "react";

/** Whether a click on a link asks for what it leads to here: in no other tab, and nobody has seen to it yet. */
export function isPlainClick(event: MouseEvent): boolean {
  const hasModifier = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
  return event.button === 0 && !hasModifier && !event.defaultPrevented;
}
