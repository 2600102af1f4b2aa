"use client";

import { useMemo, useState } from "react";
import type { Outputs } from "../../trpc/react.ts";
import { type DraftRule, draftRule, isSameWeek, windowProblems } from "./week-draft.ts";

type StoredRule = Outputs["availability"]["openingHours"]["rules"][number];
type Edit = { rules: DraftRule[]; basedOn: string[] };

/** Edits by whose week they are: one that is left by a way no question can stop is there again on return. */
const kept = new Map<string, Edit>();

/** The week as stored with what has been edited in it and not yet saved. `name` says whose it is. */
export function useWeekDraft({ name, stored }: { name: string; stored: readonly StoredRule[] }) {
  const [edit, setEdit] = useState<Edit | null>(() => kept.get(name) ?? null);
  const saved = useMemo(() => stored.map(draftRule), [stored]);
  const rules = edit?.rules ?? saved;
  const isDirty = edit !== null && !isSameWeek(edit.rules, saved);
  const problems = useMemo(() => windowProblems(rules), [rules]);
  const ids = stored.map(({ id }) => id);
  const hasMoved = isDirty && [...edit.basedOn].sort().join() !== [...ids].sort().join();

  function keep(next: Edit | null) {
    if (next) kept.set(name, next);
    else kept.delete(name);
    setEdit(next);
  }

  return {
    rules,
    problems,
    isDirty,
    /** Somebody else has saved since the edit began. */
    hasMoved,
    basedOn: edit?.basedOn ?? ids,
    change: (next: readonly DraftRule[]) =>
      keep({ rules: [...next], basedOn: edit !== null && isDirty ? edit.basedOn : ids }),
    /** The edit now starts from what is stored: saving it replaces that. */
    rebase: () => edit && keep({ ...edit, basedOn: ids }),
    discard: () => keep(null),
  };
}

export type WeekDraft = ReturnType<typeof useWeekDraft>;
