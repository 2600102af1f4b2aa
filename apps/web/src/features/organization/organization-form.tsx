"use client";

import { updateOrganizationInput } from "@creneau/api/directory/schema";
import { useTranslations } from "next-intl";
import { FormProvider, useForm } from "react-hook-form";
import { toast } from "sonner";
import { useRouter } from "../../i18n/navigation.ts";
import { trpc } from "../../trpc/react.ts";
import { errorField } from "../directory/error-details.ts";
import { schemaResolver } from "../directory/schema-resolver.ts";
import { useLeaveGuard } from "../directory/use-leave-guard.tsx";
import { useLiveForm } from "../directory/use-live-form.ts";
import { useRefusal } from "../directory/use-refusal.ts";
import { changedFields } from "../forms/form-values.ts";
import { inputOf, type Organization, type OrganizationValues, valuesOf } from "./form-values.ts";
import { IdentityFields } from "./identity-fields.tsx";
import { PlaceFields } from "./place-fields.tsx";
import { PresetFields } from "./preset-fields.tsx";
import { RuleFields } from "./rule-fields.tsx";
import { UnsavedBar } from "./unsaved-bar.tsx";

const fields = ["name", "phone", "accent", "timezone", "slotMinutes", "holdMinutes", "undoSeconds"] as const;

/** All settings of the organization in one form, saved together. */
export function OrganizationForm({ organization }: { organization: Organization }) {
  const t = useTranslations("organization");
  const staff = useTranslations("staff");
  const { tell } = useRefusal();
  const router = useRouter();
  const utils = trpc.useUtils();
  const stored = valuesOf(organization);
  const form = useForm<OrganizationValues>({
    defaultValues: stored,
    resolver: schemaResolver<OrganizationValues>(updateOrganizationInput, {
      toInput: inputOf,
      fieldOf: (path) => (path === "cancelCutoffMinutes" ? "cutoff" : path),
    }),
  });
  const { isDirty } = form.formState;
  const guard = useLeaveGuard(isDirty ? { discard: () => form.reset() } : null, staff("unsaved"));
  const save = trpc.directory.organization.update.useMutation({
    onSuccess: (saved) => {
      form.reset(valuesOf(saved));
      utils.directory.organization.get.setData(undefined, saved);
      toast.success(t("saved"));
      // Slots, places and prices follow from these settings; name and colour are in the frame, which the server renders.
      void utils.appointments.invalidate();
      void utils.availability.invalidate();
      router.refresh();
    },
    onError: (error) => {
      const field = fields.find((each) => each === errorField(error));
      if (field)
        form.setError(field, { message: field === "phone" ? "phone" : "invalid" }, { shouldFocus: true });
      else tell(error);
    },
  });
  const news = useLiveForm({ form, stored, isSaving: save.isPending });

  function submit(values: OrganizationValues) {
    const input = updateOrganizationInput.parse(inputOf(values));
    save.mutate(changedFields(updateOrganizationInput.parse(inputOf(stored)), input));
  }

  return (
    <FormProvider {...form}>
      <form noValidate className="flex flex-col gap-5" onSubmit={form.handleSubmit(submit)}>
        <IdentityFields slug={organization.slug} />
        <PresetFields />
        <PlaceFields saved={organization.timezone} />
        <RuleFields />
        {isDirty && <UnsavedBar news={news} isSaving={save.isPending} onUndo={() => form.reset()} />}
      </form>
      {guard.dialog}
    </FormProvider>
  );
}
