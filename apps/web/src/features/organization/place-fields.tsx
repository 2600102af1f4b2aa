"use client";

import { useTranslations } from "next-intl";
import { useFormContext } from "react-hook-form";
import { Field } from "../../components/field.tsx";
import { Panel } from "../../components/page.tsx";
import { Select } from "../../components/select.tsx";
import { TimezoneSelect } from "../../components/timezone-select.tsx";
import { routing } from "../../i18n/routing.ts";
import { useFieldError } from "../directory/use-field-error.ts";
import { languageNames } from "../shell/use-appearance.ts";
import type { OrganizationValues } from "./form-values.ts";

/** The organization's clock and language. `saved` is the zone it has now. */
export function PlaceFields({ saved }: { saved: string }) {
  const t = useTranslations("organization.place");
  const { register, watch, formState } = useFormContext<OrganizationValues>();
  const { errors } = formState;
  const fieldError = useFieldError();
  const timezone = watch("timezone");
  return (
    <Panel title={t("title")}>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t("timezone")} hint={t("timezoneHint")} error={fieldError(errors.timezone)}>
          {(control) => (
            <TimezoneSelect {...control} {...register("timezone")} value={timezone} className="max-sm:h-11" />
          )}
        </Field>
        <Field label={t("locale")} hint={t("localeHint")} error={fieldError(errors.locale)}>
          {(control) => (
            <Select {...control} {...register("locale")} className="max-sm:h-11">
              {routing.locales.map((locale) => (
                <option key={locale} value={locale} lang={locale}>
                  {languageNames[locale]}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </div>
      <div aria-live="polite">
        {timezone !== saved && (
          <p className="mt-3 rounded-md border border-warning/40 bg-warning/10 px-3 py-2">
            {t("zoneChange", { from: saved, to: timezone })}
          </p>
        )}
      </div>
    </Panel>
  );
}
