import type { QueryClient } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { errorCode, errorDetails } from "./error-code.ts";

let isOut = false;
const listeners = new Set<() => void>();

function set(next: boolean) {
  if (isOut === next) return;
  isOut = next;
  for (const listener of listeners) listener();
}

/** Whether the server said last that it cannot use its database: what is asked waits, and goes on by itself. */
export function useOutage(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => isOut,
    () => false,
  );
}

/** Whether the same question will be answered once the service is back. */
export function isOutage(error: unknown): boolean {
  return errorCode(error) === "unavailable";
}

/** When to ask again, in milliseconds: as the server says, and not all screens in the same moment. */
export function outageDelay(error: unknown): number {
  const { retryAfterSeconds } = errorDetails(error);
  const seconds = typeof retryAfterSeconds === "number" ? Math.min(retryAfterSeconds, 10) : 5;
  return seconds * 1000 * (0.5 + Math.random());
}

/** Notes what each answer says of the service. */
export function watchOutage(client: QueryClient): void {
  const note = (action: { type: string; error?: unknown; manual?: boolean | undefined }) => {
    if (action.type === "success" && !action.manual) set(false);
    else if ((action.type === "failed" || action.type === "error") && isOutage(action.error)) set(true);
  };
  client.getQueryCache().subscribe((event) => event.type === "updated" && note(event.action));
  client.getMutationCache().subscribe((event) => event.type === "updated" && note(event.action));
}
