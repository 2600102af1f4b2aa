"use client";

import { useLayoutEffect, useRef } from "react";
import { Field } from "../../components/field.tsx";
import { Select } from "../../components/select.tsx";
import { useTranslations } from "../../components/words.tsx";
import type { Subject, SubjectQuestion } from "./booking-subject.ts";
import { useSubjectWords } from "./use-subject-words.ts";

/** What the appointment is about, where that changes how long it takes or what it costs. */
export function SubjectQuestions({
  questions,
  subject,
  onChange,
}: {
  questions: readonly SubjectQuestion[];
  subject: Subject;
  onChange: (subject: Subject) => void;
}) {
  const t = useTranslations("booking.subject");
  const words = useSubjectWords();
  const group = useRef<HTMLDivElement>(null);
  // What was chosen before the script was there.
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at once
  useLayoutEffect(() => {
    const selects = group.current?.querySelectorAll("select") ?? [];
    const early = Object.fromEntries([...selects].map(({ name, value }) => [name, value]));
    if (Object.entries(early).some(([name, value]) => value !== (subject[name] ?? "")))
      onChange({ ...subject, ...early });
  }, []);
  if (questions.length === 0) return null;
  return (
    <div ref={group} className="grid grid-cols-2 items-end gap-3">
      {questions.map(({ name, values }) => (
        <Field key={name} label={words.nameOf(name)}>
          {(control) => (
            <Select
              {...control}
              name={name}
              className="h-11 text-base"
              value={subject[name] ?? ""}
              onChange={({ target }) => onChange({ ...subject, [name]: target.value })}
            >
              <option value="">{t("other")}</option>
              {values.map((value) => (
                <option key={value} value={value}>
                  {words.valueOf(name, value)}
                </option>
              ))}
            </Select>
          )}
        </Field>
      ))}
    </div>
  );
}
