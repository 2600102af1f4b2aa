"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useController, useFormContext } from "react-hook-form";
import { ChoiceGroup } from "../../components/choice-group.tsx";
import { Field } from "../../components/field.tsx";
import { NumberInput } from "../../components/number-input.tsx";
import { Panel } from "../../components/page.tsx";
import { Select } from "../../components/select.tsx";
import { useFieldError } from "../directory/use-field-error.ts";
import type { OrganizationValues } from "./form-values.ts";

/** Steps in use; each makes a day a whole number of slots. */
const steps = [5, 10, 15, 20, 30, 40, 45, 60, 90, 120];
const units = ["minutes", "hours", "days"] as const;

/** How appointments are offered, held, taken back and cancelled; under each, what follows from it. */
export function RuleFields() {
  const t = useTranslations("organization.rules");
  const { register, formState, watch } = useFormContext<OrganizationValues>();
  const { errors } = formState;
  const fieldError = useFieldError();
  const { field: policy } = useController<OrganizationValues, "calendarPolicy">({ name: "calendarPolicy" });
  const slot = Number(watch("slotMinutes"));
  const offered = [...new Set([...steps, slot])].sort((a, b) => a - b);
  return (
    <Panel title={t("title")}>
      <div className="flex flex-col gap-4">
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t("slotMinutes")} hint={t("slotMinutesHint")} error={fieldError(errors.slotMinutes)}>
            {(control) => (
              <Select {...control} {...register("slotMinutes")} className="max-sm:h-11">
                {offered.map((minutes) => (
                  <option key={minutes} value={minutes}>
                    {t("minutesLong", { count: minutes })}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field label={t("cancelCutoff")} hint={t("cancelCutoffHint")} error={fieldError(errors.cutoff)}>
            {(control) => (
              <span className="flex gap-2">
                <NumberInput {...control} className="w-24 max-sm:h-11" {...register("cutoff")} />
                <span className="flex-1">
                  <Select aria-label={t("unit")} className="max-sm:h-11" {...register("cutoffUnit")}>
                    {units.map((unit) => (
                      <option key={unit} value={unit}>
                        {t(`units.${unit}`)}
                      </option>
                    ))}
                  </Select>
                </span>
              </span>
            )}
          </Field>
          <Field label={t("holdMinutes")} hint={t("holdMinutesHint")} error={fieldError(errors.holdMinutes)}>
            {(control) => (
              <Measured unit={t("minutes")}>
                <NumberInput {...control} className="w-24 max-sm:h-11" {...register("holdMinutes")} />
              </Measured>
            )}
          </Field>
          <Field label={t("undoSeconds")} hint={t("undoSecondsHint")} error={fieldError(errors.undoSeconds)}>
            {(control) => (
              <Measured unit={t("seconds")}>
                <NumberInput {...control} className="w-24 max-sm:h-11" {...register("undoSeconds")} />
              </Measured>
            )}
          </Field>
        </div>
        <ChoiceGroup
          legend={t("calendarPolicy")}
          layout="column"
          choices={(["open", "closed"] as const).map((value) => ({
            value,
            label: t(`policies.${value}`),
            hint: t(`policyHints.${value}`),
          }))}
          value={policy.value === "closed" ? "closed" : "open"}
          onChange={policy.onChange}
        />
      </div>
    </Panel>
  );
}

/** A number with its unit beside it. */
function Measured({ unit, children }: { unit: string; children: ReactNode }) {
  return (
    <span className="flex items-center gap-2">
      {children}
      <span className="text-muted-foreground">{unit}</span>
    </span>
  );
}
