"use client";

import { createServiceInput } from "@creneau/api/directory/schema";
import { useLocale, useTranslations } from "next-intl";
import { useForm } from "react-hook-form";
import { toast } from "sonner";
import { Panel } from "../../components/page.tsx";
import { useRouter } from "../../i18n/navigation.ts";
import { trpc } from "../../trpc/react.ts";
import { schemaResolver } from "../directory/schema-resolver.ts";
import { changedFields } from "../forms/form-values.ts";
import { PickList } from "../settings/pick-list.tsx";
import { SettingsForm } from "../settings/settings-form.tsx";
import { SkillsField } from "../settings/skills-field.tsx";
import { useProviderChoices } from "../settings/use-choices.ts";
import { useDirectoryRefresh } from "../settings/use-directory-refresh.ts";
import { useFormErrors } from "../settings/use-form-errors.ts";
import { OverrideRows } from "./override-rows.tsx";
import { BookingFields } from "./service-booking-fields.tsx";
import { IdentityFields } from "./service-identity-fields.tsx";
import { type Service, type ServiceValues, serviceInput, serviceValues } from "./service-values.ts";

const fieldNames = new Set<string>(Object.keys(serviceValues(null, "fr")));
/** The form's field for a path of the request. */
function fieldOf(path: string): keyof ServiceValues | string {
  const [field = path] = path.split(".");
  if (field === "priceCents") return "price";
  return field === "minNoticeMinutes" ? "notice" : field;
}
const isField = (name: string): name is keyof ServiceValues => fieldNames.has(name);

/** Everything about a service; null for one that is not there yet. */
export function ServiceForm({ service, canChange }: { service: Service | null; canChange: boolean }) {
  const t = useTranslations("services.form");
  const locale = useLocale();
  const router = useRouter();
  const refresh = useDirectoryRefresh();
  const stored = serviceValues(service, locale);
  const form = useForm<ServiceValues>({
    defaultValues: stored,
    resolver: schemaResolver<ServiceValues>(createServiceInput, { toInput: serviceInput, fieldOf }),
  });
  const { setValue, watch, formState } = form;
  const { messageOf, refuse } = useFormErrors(form);
  const onError = (error: unknown) =>
    refuse(error, (field) => {
      const name = fieldOf(field);
      return isField(name) ? name : undefined;
    });

  const create = trpc.directory.services.create.useMutation({
    onSuccess: async ({ id }) => {
      toast.success(t("created"));
      await refresh();
      router.replace(`/settings/services/${id}`);
    },
    onError,
  });
  const update = trpc.directory.services.update.useMutation({
    onSuccess: (saved) => {
      toast.success(t("saved"));
      form.reset(serviceValues(saved, locale));
      void refresh();
    },
    onError,
  });

  function submit(values: ServiceValues) {
    const input = createServiceInput.parse(serviceInput(values));
    if (!service) create.mutate(input);
    else {
      const before = createServiceInput.parse(serviceInput(stored));
      update.mutate({ ...changedFields(before, input), id: service.id });
    }
  }

  const options = { shouldDirty: true, shouldValidate: formState.isSubmitted };
  return (
    <SettingsForm
      form={form}
      stored={service && stored}
      listHref="/settings/services"
      createLabel={t("create")}
      canChange={canChange}
      isSaving={create.isPending || update.isPending}
      onSubmit={submit}
    >
      <IdentityFields isNew={!service} messageOf={messageOf} />
      <BookingFields messageOf={messageOf} />
      <Panel title={t("who")} description={t("whoHint")}>
        <div className="flex flex-col gap-4">
          <PickList
            label={t("providers")}
            searchLabel={t("searchProviders")}
            error={messageOf("providerIds")}
            value={watch("providerIds")}
            onChange={(ids) => setValue("providerIds", ids, options)}
            useChoices={useProviderChoices}
          />
          <SkillsField
            label={t("skills")}
            hint={t("skillsHint")}
            error={messageOf("requiredSkills")}
            value={watch("requiredSkills")}
            onChange={(skills) => setValue("requiredSkills", skills, options)}
          />
        </div>
      </Panel>
      <Panel title={t("matrix")} description={t("matrixHint")}>
        <OverrideRows
          value={watch("overrides")}
          onChange={(rows) => setValue("overrides", rows, options)}
          areErrorsShown={formState.isSubmitted}
          canChange={canChange}
        />
      </Panel>
    </SettingsForm>
  );
}
