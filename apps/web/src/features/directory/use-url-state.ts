"use client";

import { useSearchParams } from "next/navigation";
import { useCallback } from "react";

/** The page's query parameters, and a way to change some of them without a round trip; empty takes one away. */
export function useUrlState() {
  const parameters = useSearchParams();
  const update = useCallback((changes: Record<string, string | null | undefined>) => {
    const next = new URLSearchParams(location.search);
    for (const [name, value] of Object.entries(changes)) {
      if (value) next.set(name, value);
      else next.delete(name);
    }
    const query = next.toString();
    // Next follows the native history; a router navigation would ask the server for a page that has not changed.
    history.replaceState(null, "", query ? `${location.pathname}?${query}` : location.pathname);
  }, []);
  return { get: (name: string) => parameters.get(name), update };
}
