"use client";

import { useSyncExternalStore } from "react";

/** Sentences for assistive technology, outside of React's tree: saying one draws nothing else anew. */
export function createAnnouncer() {
  let sentence = "";
  const listeners = new Set<() => void>();
  return {
    read: () => sentence,
    say(next: string) {
      sentence = next;
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
export type Announcer = ReturnType<typeof createAnnouncer>;

/** Where keyboard steps are told to whoever does not see them. */
export function LiveRegion({ announcer }: { announcer: Announcer }) {
  const sentence = useSyncExternalStore(announcer.subscribe, announcer.read, () => "");
  return (
    <p role="status" aria-live="polite" data-live-region="" className="sr-only">
      {sentence}
    </p>
  );
}
