"use client";

import { useTranslations } from "next-intl";
import { useFormContext } from "react-hook-form";
import { Checkbox } from "../../components/checkbox.tsx";
import { Field } from "../../components/field.tsx";
import { Input } from "../../components/input.tsx";
import { NumberInput } from "../../components/number-input.tsx";
import { Panel } from "../../components/page.tsx";
import { Textarea } from "../../components/textarea.tsx";
import { ColourField } from "../settings/colour-field.tsx";
import type { ServiceValues } from "./service-values.ts";

type IdentityFieldsProps = {
  isNew: boolean;
  messageOf: (name: keyof ServiceValues) => string | undefined;
};

/** What a service is called and how it is shown. */
export function IdentityFields({ isNew, messageOf }: IdentityFieldsProps) {
  const t = useTranslations("services.form");
  const { register, setValue, watch } = useFormContext<ServiceValues>();
  return (
    <Panel title={t("identity")}>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t("name")} error={messageOf("name")}>
          {(field) => <Input {...field} {...register("name")} maxLength={200} autoComplete="off" />}
        </Field>
        <Field label={t("slug")} hint={t("slugHint")} error={messageOf("slug")}>
          {(field) => (
            <Input
              {...field}
              {...register("slug")}
              maxLength={60}
              autoComplete="off"
              spellCheck={false}
              placeholder={isNew ? t("slugAuto") : undefined}
            />
          )}
        </Field>
        <div className="sm:col-span-2">
          <Field label={t("description")} hint={t("descriptionHint")} error={messageOf("description")}>
            {(field) => <Textarea {...field} {...register("description")} maxLength={2000} rows={3} />}
          </Field>
        </div>
        <div className="sm:col-span-2">
          <ColourField
            label={t("colour")}
            noneLabel={t("noColour")}
            value={watch("colour")}
            onChange={(colour) => setValue("colour", colour, { shouldDirty: true })}
          />
        </div>
        <Checkbox label={t("isPublic")} hint={t("isPublicHint")} {...register("isPublic")} />
        <Field label={t("position")} hint={t("positionHint")} error={messageOf("position")}>
          {(field) => <NumberInput {...field} {...register("position")} placeholder={t("last")} />}
        </Field>
      </div>
    </Panel>
  );
}
