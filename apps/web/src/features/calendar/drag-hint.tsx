"use client";

import { CircleCheck, OctagonX, TriangleAlert } from "lucide-react";
import { useSyncExternalStore } from "react";
import { joinClasses } from "../../components/join-classes.ts";

/** What somebody who drags is told about the place under the pointer. */
export type Hint = { tone: "free" | "warned" | "refused"; time: string; place: string; sentence: string };

/** Holds the hint outside of React's tree: the grid must not be drawn anew for every line the pointer crosses. */
export function createHintStore() {
  let hint: Hint | null = null;
  const listeners = new Set<() => void>();
  return {
    read: () => hint,
    write(next: Hint | null) {
      hint = next;
      for (const listener of listeners) listener();
    },
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
export type HintStore = ReturnType<typeof createHintStore>;

const icons = { free: CircleCheck, warned: TriangleAlert, refused: OctagonX } as const;
const tones = { free: "text-success", warned: "text-warning", refused: "text-danger" } as const;

/** Time and place under the pointer while dragging, and whether and why not it is free. */
export function DragHint({ store }: { store: HintStore }) {
  const hint = useSyncExternalStore(store.subscribe, store.read, () => null);
  const Icon = hint ? icons[hint.tone] : null;
  return (
    <div
      role="status"
      className="pointer-events-none absolute inset-x-0 bottom-5 z-20 flex justify-center px-3 print:hidden"
    >
      {hint && Icon && (
        <p
          data-drag-hint={hint.tone}
          className="flex max-w-full items-center gap-2 rounded-lg border bg-surface px-3.5 py-2 shadow-float"
        >
          <Icon aria-hidden className={joinClasses("size-4 shrink-0", tones[hint.tone])} />
          <span className="tabular shrink-0 font-semibold">{hint.time}</span>
          {hint.place && <span className="truncate text-muted-foreground max-sm:hidden">{hint.place}</span>}
          <span className={joinClasses("min-w-0 truncate", tones[hint.tone])}>{hint.sentence}</span>
        </p>
      )}
    </div>
  );
}
