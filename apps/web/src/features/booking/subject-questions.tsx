"use client";

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
  if (questions.length === 0) return null;
  return (
    <div className="grid grid-cols-2 items-end gap-3">
      {questions.map(({ name, values }) => (
        <Field key={name} label={words.nameOf(name)}>
          {(control) => (
            <Select
              {...control}
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
