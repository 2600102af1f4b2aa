"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useRef } from "react";
import { type FieldValues, FormProvider, type UseFormReturn } from "react-hook-form";
import { useRouter } from "../../i18n/navigation.ts";
import { focusFirstError } from "../directory/use-error-focus.ts";
import { useLeaveGuard } from "../directory/use-leave-guard.tsx";
import { useLiveForm } from "../directory/use-live-form.ts";
import { FormFooter } from "./form-footer.tsx";

type SettingsFormProps<Values extends FieldValues> = {
  form: UseFormReturn<Values>;
  /** The row as it is stored; null for one that is not there yet. */
  stored: Values | null;
  /** The list that this row belongs to. */
  listHref: string;
  createLabel: string;
  canChange: boolean;
  isSaving: boolean;
  onSubmit: (values: Values) => void;
  children: ReactNode;
};

/** The frame of every form of the settings: read-only or not, what is unsaved, and a question before it is left. */
export function SettingsForm<Values extends FieldValues>({
  form,
  stored,
  listHref,
  createLabel,
  canChange,
  isSaving,
  onSubmit,
  children,
}: SettingsFormProps<Values>) {
  const staff = useTranslations("staff");
  const router = useRouter();
  const element = useRef<HTMLFormElement>(null);
  const { isDirty, errors } = form.formState;
  const news = useLiveForm({ form, stored, isSaving });
  const guard = useLeaveGuard(isDirty ? { discard: () => form.reset() } : null, staff("unsaved"));
  return (
    <FormProvider {...form}>
      <form
        ref={element}
        noValidate
        className="flex flex-col gap-4"
        onSubmit={form.handleSubmit(onSubmit, () => focusFirstError(element.current))}
      >
        <fieldset disabled={!canChange} className="contents">
          {children}
        </fieldset>
        {canChange && (
          <FormFooter
            isNew={stored === null}
            isDirty={isDirty}
            isSaving={isSaving}
            news={news}
            hasErrors={Object.keys(errors).length > 0}
            submitLabel={stored ? undefined : createLabel}
            onDiscard={() => (stored ? form.reset(stored) : guard.leave(() => router.push(listHref)))}
          />
        )}
      </form>
      {guard.dialog}
    </FormProvider>
  );
}
