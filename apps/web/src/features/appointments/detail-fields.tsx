"use client";

import { useTranslations } from "next-intl";
import { Checkbox } from "../../components/checkbox.tsx";
import { Field } from "../../components/field.tsx";
import { Input } from "../../components/input.tsx";
import { NumberInput } from "../../components/number-input.tsx";
import { Panel } from "../../components/page.tsx";
import { Select } from "../../components/select.tsx";
import { Textarea } from "../../components/textarea.tsx";
import { useFieldError } from "../directory/use-field-error.ts";
import type { AppointmentFieldsProps } from "./fields-props.ts";
import { SubjectField } from "./subject-field.tsx";

/** Everything about an appointment that is neither its place nor its people. */
export function DetailFields({ form, isEdit }: Pick<AppointmentFieldsProps, "form" | "isEdit">) {
  const t = useTranslations("appointments.form");
  const staff = useTranslations("staff");
  const fieldError = useFieldError();
  const { register, formState } = form;
  const { errors } = formState;
  return (
    <Panel title={t("details")}>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t("title")} hint={t("titleHint")} error={fieldError(errors.title)}>
          {(field) => <Input {...field} {...register("title")} maxLength={200} />}
        </Field>
        <SubjectField form={form} isEdit={isEdit} />
        {isEdit && (
          <Field label={t("price")} error={fieldError(errors.price)}>
            {(field) => <NumberInput isDecimal {...field} {...register("price")} />}
          </Field>
        )}
        <Field label={t("locationKind")} error={fieldError(errors.locationKind)}>
          {(field) => (
            <Select {...field} {...register("locationKind")}>
              <option value="in_person">{staff("places.in_person")}</option>
              <option value="video">{staff("places.video")}</option>
              <option value="phone">{staff("places.phone")}</option>
            </Select>
          )}
        </Field>
        <Field
          label={t("locationDetail")}
          hint={t("locationDetailHint")}
          error={fieldError(errors.locationDetail)}
        >
          {(field) => <Input {...field} {...register("locationDetail")} maxLength={500} />}
        </Field>
        <div className="sm:col-span-2">
          <Field label={t("description")} error={fieldError(errors.description)}>
            {(field) => <Textarea {...field} {...register("description")} maxLength={5000} />}
          </Field>
        </div>
      </div>
      <Checkbox className="mt-3" label={t("notify")} hint={t("notifyHint")} {...register("notify")} />
    </Panel>
  );
}
