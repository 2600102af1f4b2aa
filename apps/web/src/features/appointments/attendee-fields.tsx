"use client";

import { useTranslations } from "next-intl";
import { Field } from "../../components/field.tsx";
import { Input } from "../../components/input.tsx";
import type { FieldProblem } from "../directory/schema-resolver.ts";
import { useFieldError } from "../directory/use-field-error.ts";
import type { AttendeeDraft, AttendeeField } from "./attendee-drafts.ts";

type AttendeeFieldsProps = {
  draft: AttendeeDraft;
  problems: Partial<Record<AttendeeField, FieldProblem>> | undefined;
  autoFocus: boolean;
  onChange: (draft: AttendeeDraft) => void;
};

/** Somebody to invite: a name, and how to reach them; beside each other where there is room. */
export function AttendeeFields({ draft, problems, autoFocus, onChange }: AttendeeFieldsProps) {
  const t = useTranslations("appointments.attendees");
  const fieldError = useFieldError();
  const controlled = (field: AttendeeField) => ({
    autoComplete: "off",
    value: draft[field],
    onChange: (event: { target: { value: string } }) => onChange({ ...draft, [field]: event.target.value }),
  });
  const errorOf = (field: AttendeeField) => fieldError(problems?.[field] && { message: problems[field] });
  return (
    <div className="grid min-w-0 flex-1 items-start gap-3 @lg:grid-cols-3">
      <Field label={t("name")} error={errorOf("name")}>
        {(control) => <Input {...control} {...controlled("name")} autoFocus={autoFocus} maxLength={200} />}
      </Field>
      <Field label={t("email")} error={errorOf("email")}>
        {(control) => <Input {...control} {...controlled("email")} type="email" maxLength={254} />}
      </Field>
      <Field label={t("phone")} error={errorOf("phone")}>
        {(control) => <Input {...control} {...controlled("phone")} type="tel" maxLength={32} />}
      </Field>
    </div>
  );
}
