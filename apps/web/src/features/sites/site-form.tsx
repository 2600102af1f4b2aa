"use client";

import { createSiteInput } from "@creneau/api/directory/schema";
import { useTranslations } from "next-intl";
import type { ClipboardEvent } from "react";
import { useForm } from "react-hook-form";
import { toast } from "sonner";
import { Field } from "../../components/field.tsx";
import { Input } from "../../components/input.tsx";
import { NumberInput } from "../../components/number-input.tsx";
import { Panel } from "../../components/page.tsx";
import { TimezoneSelect } from "../../components/timezone-select.tsx";
import { useRouter } from "../../i18n/navigation.ts";
import { trpc } from "../../trpc/react.ts";
import { schemaResolver } from "../directory/schema-resolver.ts";
import { changedFields } from "../forms/form-values.ts";
import { SettingsForm } from "../settings/settings-form.tsx";
import { useDirectoryRefresh } from "../settings/use-directory-refresh.ts";
import { useFormErrors } from "../settings/use-form-errors.ts";
import { useViewer } from "../viewer/viewer.tsx";
import { coordinatesOf, type Site, type SiteValues, siteInput, siteValues } from "./site-values.ts";

const fieldNames = new Set<string>(Object.keys(siteValues(null, "")));
const isField = (name: string): name is keyof SiteValues => fieldNames.has(name);

/** A site's name, place and capacity; null for one that is not there yet. */
export function SiteForm({ site, canChange }: { site: Site | null; canChange: boolean }) {
  const t = useTranslations("sites.form");
  const { organization } = useViewer();
  const router = useRouter();
  const refresh = useDirectoryRefresh();
  const stored = siteValues(site, organization.timezone);
  const form = useForm<SiteValues>({
    defaultValues: stored,
    resolver: schemaResolver<SiteValues>(createSiteInput, { toInput: siteInput }),
  });
  const { register, setValue, watch, formState } = form;
  const { messageOf, refuse } = useFormErrors(form);
  const onError = (error: unknown) => refuse(error, (field) => (isField(field) ? field : undefined));

  const create = trpc.directory.sites.create.useMutation({
    onSuccess: async ({ id }) => {
      toast.success(t("created"));
      await refresh();
      router.replace(`/settings/sites/${id}`);
    },
    onError,
  });
  const update = trpc.directory.sites.update.useMutation({
    onSuccess: (saved) => {
      toast.success(t("saved"));
      form.reset(siteValues(saved, organization.timezone));
      void refresh();
    },
    onError,
  });

  function submit(values: SiteValues) {
    const input = createSiteInput.parse(siteInput(values));
    if (!site) create.mutate(input);
    else update.mutate({ ...changedFields(createSiteInput.parse(siteInput(stored)), input), id: site.id });
  }

  function pasteCoordinates(event: ClipboardEvent<HTMLInputElement>) {
    const pair = coordinatesOf(event.clipboardData.getData("text"));
    if (!pair) return;
    event.preventDefault();
    setValue("latitude", pair.latitude, { shouldDirty: true });
    setValue("longitude", pair.longitude, { shouldDirty: true });
  }

  const coordinate = (name: "latitude" | "longitude") =>
    formState.errors[name]?.message === "number" ? t("coordinateError") : messageOf(name);
  return (
    <SettingsForm
      form={form}
      stored={site && stored}
      listHref="/settings/sites"
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
          <Field label={t("phone")} error={messageOf("phone")}>
            {(field) => (
              <Input {...field} type="tel" {...register("phone")} maxLength={32} autoComplete="off" />
            )}
          </Field>
          <Field label={t("slug")} hint={t("slugHint")} error={messageOf("slug")}>
            {(field) => (
              <Input
                {...field}
                {...register("slug")}
                maxLength={60}
                autoComplete="off"
                spellCheck={false}
                placeholder={site ? undefined : t("slugAuto")}
              />
            )}
          </Field>
          <Field label={t("timezone")} hint={t("timezoneHint")} error={messageOf("timezone")}>
            {(field) => <TimezoneSelect {...field} {...register("timezone")} value={watch("timezone")} />}
          </Field>
        </div>
      </Panel>
      <Panel title={t("place")} description={t("placeHint")}>
        <div className="grid gap-4 sm:grid-cols-6">
          <div className="sm:col-span-6">
            <Field label={t("address")} error={messageOf("address")}>
              {(field) => <Input {...field} {...register("address")} maxLength={200} autoComplete="off" />}
            </Field>
          </div>
          <div className="sm:col-span-2">
            <Field label={t("postalCode")} error={messageOf("postalCode")}>
              {(field) => (
                <Input
                  {...field}
                  {...register("postalCode")}
                  maxLength={16}
                  autoComplete="off"
                  className="tabular"
                />
              )}
            </Field>
          </div>
          <div className="sm:col-span-4">
            <Field label={t("city")} error={messageOf("city")}>
              {(field) => <Input {...field} {...register("city")} maxLength={100} autoComplete="off" />}
            </Field>
          </div>
          <div className="sm:col-span-3">
            <Field label={t("latitude")} hint={t("coordinatesHint")} error={coordinate("latitude")}>
              {(field) => (
                <NumberInput
                  isDecimal
                  {...field}
                  {...register("latitude")}
                  placeholder="48.8583"
                  onPaste={pasteCoordinates}
                />
              )}
            </Field>
          </div>
          <div className="sm:col-span-3">
            <Field label={t("longitude")} error={coordinate("longitude")}>
              {(field) => (
                <NumberInput isDecimal {...field} {...register("longitude")} placeholder="2.2945" />
              )}
            </Field>
          </div>
        </div>
      </Panel>
      <Panel title={t("capacity")}>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t("dailyCapacity")} hint={t("dailyCapacityHint")} error={messageOf("dailyCapacity")}>
            {(field) => (
              <NumberInput {...field} {...register("dailyCapacity")} placeholder={t("unlimited")} />
            )}
          </Field>
          <Field label={t("overbooking")} hint={t("overbookingHint")} error={messageOf("overbookingPercent")}>
            {(field) => <NumberInput {...field} {...register("overbookingPercent")} />}
          </Field>
        </div>
      </Panel>
    </SettingsForm>
  );
}
