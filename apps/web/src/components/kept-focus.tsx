"use client";

import { useEffect } from "react";

/** Loads what keeps the focus on the page, after all that a visitor waits for. */
export function KeptFocus() {
  useEffect(() => {
    void import("./keep-focus.ts").then(
      ({ keepFocus }) => keepFocus(),
      () => undefined,
    );
  }, []);
  return null;
}
