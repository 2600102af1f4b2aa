"use client";

import { useTranslations } from "next-intl";
import { type FieldPath, type FieldValues, get, type UseFormReturn } from "react-hook-form";
import { errorCode } from "../../trpc/error-code.ts";
import { errorField } from "../directory/error-details.ts";
import { useFieldError } from "../directory/use-field-error.ts";
import { useRefusal } from "../directory/use-refusal.ts";

/** The errors of a settings form: findings of the schema and refusals of the server, each beside its field. */
export function useFormErrors<Values extends FieldValues>(form: UseFormReturn<Values>) {
  const t = useTranslations("settings.form");
  const fieldError = useFieldError();
  const { refusal, tell } = useRefusal();

  function messageOf(name: FieldPath<Values>): string | undefined {
    const error: { message?: string } | undefined = get(form.formState.errors, name);
    if (error?.message === "already_exists") return t("taken");
    if (error?.message === "in_use") return t("inUse");
    if (error?.message === "invalid_input")
      return fieldError({ message: name === "phone" ? "phone" : "invalid" });
    return fieldError(error);
  }

  return {
    messageOf,
    refusal,
    /** Puts a refusal beside its field when the form has that field, and says it aloud otherwise. */
    refuse(error: unknown, fieldOf: (field: string) => FieldPath<Values> | undefined) {
      const field = errorField(error);
      const name = field ? fieldOf(field) : undefined;
      if (name) form.setError(name, { message: errorCode(error) }, { shouldFocus: true });
      else tell(error);
    },
  };
}
