"use client";

import { createProviderInput } from "@creneau/api/directory/schema";
import { useTranslations } from "next-intl";
import { useForm } from "react-hook-form";
import { toast } from "sonner";
import { Field } from "../../components/field.tsx";
import { Input } from "../../components/input.tsx";
import { NumberInput } from "../../components/number-input.tsx";
import { Panel } from "../../components/page.tsx";
import { Select } from "../../components/select.tsx";
import { useRouter } from "../../i18n/navigation.ts";
import { trpc } from "../../trpc/react.ts";
import { schemaResolver } from "../directory/schema-resolver.ts";
import { changedFields } from "../forms/form-values.ts";
import { ColourField } from "../settings/colour-field.tsx";
import { PickList } from "../settings/pick-list.tsx";
import { SettingsForm } from "../settings/settings-form.tsx";
import { SkillsField } from "../settings/skills-field.tsx";
import { useServiceChoices, useSiteChoices } from "../settings/use-choices.ts";
import { useDirectoryRefresh } from "../settings/use-directory-refresh.ts";
import { useFormErrors } from "../settings/use-form-errors.ts";
import { type Provider, type ProviderValues, providerInput, providerValues } from "./provider-values.ts";

const fieldNames = new Set<string>(Object.keys(providerValues(null)));
const isField = (name: string): name is keyof ProviderValues => fieldNames.has(name);
/** A finding about one item of a list belongs to the list. */
const fieldOf = (path: string) => path.split(".")[0] ?? path;

/** Who a provider is, where they work and what they offer; null for one who is not there yet. */
export function ProviderForm({ provider, canChange }: { provider: Provider | null; canChange: boolean }) {
  const t = useTranslations("providers.form");
  const router = useRouter();
  const refresh = useDirectoryRefresh();
  const stored = providerValues(provider);
  const form = useForm<ProviderValues>({
    defaultValues: stored,
    resolver: schemaResolver<ProviderValues>(createProviderInput, { toInput: providerInput, fieldOf }),
  });
  const { register, setValue, watch, formState } = form;
  const { messageOf, refuse } = useFormErrors(form);
  const onError = (error: unknown) => refuse(error, (field) => (isField(field) ? field : undefined));
  const members = trpc.members.list.useQuery(undefined, { enabled: canChange, staleTime: 60_000 });
  const accounts =
    members.data?.items.filter(
      ({ providerId, userId }) => providerId === null || userId === provider?.userId,
    ) ?? [];

  const create = trpc.directory.providers.create.useMutation({
    onSuccess: async ({ id }) => {
      toast.success(t("created"), { description: t("createdNext") });
      await refresh();
      router.replace(`/settings/providers/${id}`);
    },
    onError,
  });
  const update = trpc.directory.providers.update.useMutation({
    onSuccess: (saved) => {
      toast.success(t("saved"));
      form.reset(providerValues(saved));
      void refresh();
    },
    onError,
  });

  function submit(values: ProviderValues) {
    const input = createProviderInput.parse(providerInput(values));
    if (!provider) create.mutate(input);
    else {
      const before = createProviderInput.partial().parse(providerInput(stored));
      update.mutate({ ...changedFields(before, input), id: provider.id });
    }
  }

  function set<Name extends "siteIds" | "serviceIds" | "skills" | "colour">(
    name: Name,
    value: ProviderValues[Name],
  ) {
    // The names above are not paths into arrays, which the library's type cannot tell of a generic name.
    const change = setValue as (name: string, value: unknown, options: object) => void;
    change(name, value, { shouldDirty: true, shouldValidate: formState.isSubmitted });
  }

  return (
    <SettingsForm
      form={form}
      stored={provider && stored}
      listHref="/settings/providers"
      createLabel={t("create")}
      canChange={canChange}
      isSaving={create.isPending || update.isPending}
      onSubmit={submit}
    >
      <Panel title={t("identity")}>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t("name")} error={messageOf("name")}>
            {(field) => <Input {...field} {...register("name")} maxLength={200} autoComplete="off" />}
          </Field>
          <Field label={t("title")} hint={t("titleHint")} error={messageOf("title")}>
            {(field) => <Input {...field} {...register("title")} maxLength={100} autoComplete="off" />}
          </Field>
          {canChange && (
            <Field label={t("account")} hint={t("accountHint")} error={messageOf("userId")}>
              {(field) => (
                <Select
                  {...field}
                  value={watch("userId")}
                  onChange={(event) => setValue("userId", event.target.value, { shouldDirty: true })}
                >
                  <option value="">{t("noAccount")}</option>
                  {provider?.userId && !members.data && (
                    <option value={provider.userId}>{provider.name}</option>
                  )}
                  {accounts.map(({ userId, name, email }) => (
                    <option key={userId} value={userId}>
                      {`${name} (${email})`}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
          )}
          {provider?.username && (
            <div className="flex flex-col gap-1.5">
              <span className="font-medium text-sm">{t("link")}</span>
              <a
                href={`/book/${provider.username}`}
                target="_blank"
                rel="noreferrer"
                className="inline-flex h-9 items-center truncate underline underline-offset-2"
              >
                /book/{provider.username}
              </a>
            </div>
          )}
          <div className="sm:col-span-2">
            <ColourField
              label={t("colour")}
              value={watch("colour")}
              onChange={(colour) => set("colour", colour)}
            />
          </div>
        </div>
      </Panel>
      <Panel title={t("work")}>
        <div className="grid items-start gap-4 sm:grid-cols-2">
          <PickList
            label={t("sites")}
            hint={t("sitesHint")}
            searchLabel={t("searchSites")}
            error={formState.errors.siteIds?.message === "tooSmall" ? t("siteNeeded") : messageOf("siteIds")}
            value={watch("siteIds")}
            onChange={(ids) => set("siteIds", ids)}
            useChoices={useSiteChoices}
          />
          <PickList
            label={t("services")}
            hint={t("servicesHint")}
            searchLabel={t("searchServices")}
            error={messageOf("serviceIds")}
            value={watch("serviceIds")}
            onChange={(ids) => set("serviceIds", ids)}
            useChoices={useServiceChoices}
          />
          <div className="sm:col-span-2">
            <SkillsField
              label={t("skills")}
              hint={t("skillsHint")}
              error={messageOf("skills")}
              value={watch("skills")}
              onChange={(skills) => set("skills", skills)}
            />
          </div>
        </div>
      </Panel>
      <Panel title={t("share")}>
        <div className="grid gap-4 sm:grid-cols-3">
          <Field label={t("weight")} hint={t("weightHint")} error={messageOf("weight")}>
            {(field) => <NumberInput {...field} {...register("weight")} />}
          </Field>
          <Field label={t("dailyLimit")} hint={t("dailyLimitHint")} error={messageOf("dailyLimit")}>
            {(field) => <NumberInput {...field} {...register("dailyLimit")} placeholder={t("unlimited")} />}
          </Field>
          <Field label={t("position")} hint={t("positionHint")} error={messageOf("position")}>
            {(field) => <NumberInput {...field} {...register("position")} placeholder={t("last")} />}
          </Field>
        </div>
      </Panel>
    </SettingsForm>
  );
}
