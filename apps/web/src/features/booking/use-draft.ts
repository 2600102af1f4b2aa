"use client";

import { useCallback, useLayoutEffect, useState } from "react";

/** What the visitor typed. */
export interface Draft {
  name: string;
  email: string;
  phone: string;
  message: string;
  plate: string;
}

const emptyDraft: Draft = { name: "", email: "", phone: "", message: "", plate: "" };

/** Storage may be refused, in a frame on another site for one: then the draft lives as long as the page. */
const onPage = new Map<string, Draft>();

function stored(key: string): Partial<Draft> {
  try {
    const text = sessionStorage.getItem(key);
    if (text) return JSON.parse(text) as Partial<Draft>;
  } catch {}
  return onPage.get(key) ?? {};
}

function store(key: string, draft: Draft | null): void {
  if (draft) onPage.set(key, draft);
  else onPage.delete(key);
  try {
    if (draft) sessionStorage.setItem(key, JSON.stringify(draft));
    else sessionStorage.removeItem(key);
  } catch {}
}

const fieldNames = {
  name: "name",
  email: "email",
  phone: "tel",
  message: "message",
  plate: "plate",
} as const;

/** What was typed into the form as the server drew it, before its code was here. */
function typedEarly(): Partial<Draft> {
  const typed: Partial<Draft> = {};
  for (const [key, name] of Object.entries(fieldNames)) {
    const field = document.querySelector<HTMLInputElement>(`form [name=${name}]`);
    if (field?.value) typed[key as keyof Draft] = field.value;
  }
  return typed;
}

/** Fills in what is known of the visitor, before their page is opened; what they typed there themselves stays. */
export function prefillDraft(
  username: string,
  { name, email, phone }: { name: string; email: string | null; phone: string | null },
): void {
  const key = `creneau:draft:${username}`;
  const typed = Object.entries(stored(key)).filter(([, value]) => value);
  store(key, {
    ...emptyDraft,
    name,
    email: email ?? "",
    phone: phone ?? "",
    ...Object.fromEntries(typed),
  });
}

/** The form's content: it outlives Back, a reload and a change of language, and goes with the tab or the booking. */
export function useDraft(username: string) {
  const key = `creneau:draft:${username}`;
  const [draft, setDraft] = useState(emptyDraft);
  // Before anything else draws the form anew, and empties what it knows nothing of.
  useLayoutEffect(() => {
    const typed = typedEarly();
    const known = { ...emptyDraft, ...stored(key), ...typed };
    if (Object.keys(typed).length > 0) store(key, known);
    setDraft(known);
  }, [key]);
  const change = useCallback(
    (changes: Partial<Draft>) =>
      setDraft((before) => {
        const next = { ...before, ...changes };
        store(key, next);
        return next;
      }),
    [key],
  );
  const forget = useCallback(() => store(key, null), [key]);
  return { draft, change, forget };
}
