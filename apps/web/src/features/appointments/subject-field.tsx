"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";
import type { UseFormReturn } from "react-hook-form";
import { Field } from "../../components/field.tsx";
import { Input } from "../../components/input.tsx";
import { Select } from "../../components/select.tsx";
import { trpc } from "../../trpc/react.ts";
import { useFieldError } from "../directory/use-field-error.ts";
import type { FormValues } from "./form-values.ts";
import { useAppointmentRights } from "./use-appointment-rights.ts";

/** About what: typed for a new appointment, with the client's own as suggestions; chosen among them for a change. */
export function SubjectField({ form, isEdit }: { form: UseFormReturn<FormValues>; isEdit: boolean }) {
  const t = useTranslations("appointments.form");
  const fieldError = useFieldError();
  const listId = useId();
  const { canSeeClients } = useAppointmentRights();
  const { register, watch, formState } = form;
  const [clientId, subjectId, reference] = watch(["clientId", "subjectId", "subject"]);
  const list = trpc.directory.subjects.list.useQuery(
    { clientId, limit: 200 },
    { enabled: clientId !== "" && canSeeClients },
  );
  const subjects = clientId ? (list.data?.items ?? []) : [];
  if (!isEdit) {
    return (
      <Field label={t("subject")} error={fieldError(formState.errors.subject)}>
        {(field) => (
          <>
            <Input {...field} {...register("subject")} list={listId} maxLength={64} autoComplete="off" />
            <datalist id={listId}>
              {subjects.map((each) => (
                <option key={each.id} value={each.reference}>
                  {each.label}
                </option>
              ))}
            </datalist>
          </>
        )}
      </Field>
    );
  }
  return (
    <Field label={t("subjectChoice")} error={fieldError(formState.errors.subjectId)}>
      {(field) => (
        // The list arrives after the form: without its key the chosen one would not be shown.
        <Select {...field} key={subjects.length} {...register("subjectId")}>
          <option value="">{t("noSubject")}</option>
          {subjectId && !subjects.some(({ id }) => id === subjectId) && (
            <option value={subjectId}>{reference}</option>
          )}
          {subjects.map((each) => (
            <option key={each.id} value={each.id}>
              {[each.reference, each.label].filter(Boolean).join(" · ")}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
