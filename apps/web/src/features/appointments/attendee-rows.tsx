"use client";

import { UserPlus, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { type AttendeeDraft, attendeeProblems, withEmptyDraft } from "./attendee-drafts.ts";
import { AttendeeFields } from "./attendee-fields.tsx";

type AttendeeRowsProps = {
  drafts: readonly AttendeeDraft[];
  /** Whether what the server would refuse is told yet. */
  isChecked: boolean;
  onChange: (drafts: AttendeeDraft[]) => void;
};

const most = 50;

/** People to invite with a new appointment: as many lines as somebody asks for. */
export function AttendeeRows({ drafts, isChecked, onChange }: AttendeeRowsProps) {
  const t = useTranslations("appointments.attendees");
  const [added, setAdded] = useState<number | null>(null);
  const problems = isChecked ? attendeeProblems(drafts) : null;
  function add() {
    const next = withEmptyDraft(drafts);
    setAdded(next.at(-1)?.key ?? null);
    onChange(next);
  }
  return (
    <div className="@container flex flex-col gap-3">
      {drafts.map((draft, index) => (
        <fieldset
          key={draft.key}
          className="relative flex items-start gap-2 rounded-lg border bg-background p-3 @lg:border-0 @lg:bg-transparent @lg:p-0"
        >
          <legend className="sr-only">{t("number", { number: index + 1 })}</legend>
          <AttendeeFields
            draft={draft}
            problems={problems?.get(draft.key)}
            autoFocus={draft.key === added}
            onChange={(changed) => onChange(drafts.map((each) => (each === draft ? changed : each)))}
          />
          <Button
            variant="ghost"
            size="icon"
            className="absolute top-1.5 right-1.5 @lg:static @lg:mt-6.5"
            aria-label={t("removeNumber", { number: index + 1 })}
            onClick={() => onChange(drafts.filter((each) => each !== draft))}
          >
            <X />
          </Button>
        </fieldset>
      ))}
      {drafts.length < most && (
        <Button variant="secondary" className="self-start" onClick={add}>
          <UserPlus aria-hidden />
          {t("add")}
        </Button>
      )}
    </div>
  );
}
