"use client";

import { useEffect, useReducer, useRef } from "react";

/** A form, and a call that gives the focus to its first field with an error once the errors set beside the call are drawn. */
export function useErrorFocus() {
  const form = useRef<HTMLFormElement>(null);
  const [calls, focusError] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    if (calls > 0) focusIn(form.current);
  }, [calls]);
  return { form, focusError };
}

/** After a refused submit: the first field with an error takes the focus, whatever kind of control it is. */
export function focusFirstError(form: HTMLFormElement | null) {
  requestAnimationFrame(() => focusIn(form));
}

function focusIn(form: HTMLFormElement | null) {
  form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
}
