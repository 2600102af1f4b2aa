import { useCallback, useSyncExternalStore } from "react";

export type Density = "comfortable" | "compact";

const storageKey = "creneau.calendar.density";
const changed = "creneau:density";

function read(): Density {
  try {
    return localStorage.getItem(storageKey) === "compact" ? "compact" : "comfortable";
  } catch {
    return "comfortable";
  }
}

function subscribe(listener: () => void) {
  addEventListener(changed, listener);
  addEventListener("storage", listener);
  return () => {
    removeEventListener(changed, listener);
    removeEventListener("storage", listener);
  };
}

/** How tall an hour is drawn; this browser remembers it. */
export function useDensity(): [Density, (density: Density) => void] {
  const density = useSyncExternalStore(subscribe, read, () => "comfortable" as const);
  const change = useCallback((next: Density) => {
    try {
      localStorage.setItem(storageKey, next);
    } catch {
      // A browser that stores nothing forgets it with the page.
    }
    dispatchEvent(new Event(changed));
  }, []);
  return [density, change];
}
