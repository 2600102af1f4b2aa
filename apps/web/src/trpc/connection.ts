import { useSyncExternalStore } from "react";

/** `idle` before anything subscribed, `lost` from the first failed attempt until the socket is open again. */
export type ConnectionState = "idle" | "open" | "lost";

let state: ConnectionState = "idle";
const listeners = new Set<() => void>();

/** Called by the one subscription a page holds open; nobody else knows when the line is down. */
export function setConnectionState(next: ConnectionState) {
  if (state === next) return;
  state = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** The state of the live line, for the banner and for falling back to polling. */
export function useConnectionState(): ConnectionState {
  return useSyncExternalStore(
    subscribe,
    () => state,
    () => "idle" as const,
  );
}
