import { useEffect, useRef } from "react";

/**
 * A form's ref, and how to lead to its first field that has to be mended once that has been drawn. Fields that the server
 * `refused` are led to at once.
 */
export function useFirstInvalid(refused: object) {
  const form = useRef<HTMLFormElement>(null);
  const names = Object.keys(refused).join();
  useEffect(() => {
    if (names) form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [names]);
  const focusInvalid = () =>
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
  return { form, focusInvalid };
}
