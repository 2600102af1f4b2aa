"use client";

import { useTranslations } from "next-intl";
import { type FieldErrors, type Resolver, useForm } from "react-hook-form";
import { Button } from "../../components/button.tsx";
import { Dialog, DialogContent } from "../../components/dialog.tsx";
import { Field } from "../../components/field.tsx";
import { Input } from "../../components/input.tsx";
import { useFieldError } from "../directory/use-field-error.ts";
import { type Period, periodsOf } from "./week-draft.ts";

type PeriodDialogProps = {
  /** The period whose dates change; null for a new one. */
  period: Period | null;
  /** The first date proposed for a new one. */
  today: string;
  onChoose: (period: Period) => void;
  onClose: () => void;
};

type Values = { validFrom: string; validTo: string };

/** A week without any bound is no period of its own. */
const resolver: Resolver<Values> = (values) => {
  const { validFrom, validTo } = values;
  const refuse = (errors: FieldErrors<Values>) => ({ values: {}, errors });
  if (!validFrom && !validTo) return refuse({ validFrom: { type: "custom", message: "date" } });
  if (validFrom && validTo && validTo < validFrom)
    return refuse({ validTo: { type: "custom", message: "order" } });
  return { values, errors: {} };
};

/** From and until when other hours count. */
export function PeriodDialog({ period, today, onChoose, onClose }: PeriodDialogProps) {
  const t = useTranslations("availability.period");
  const common = useTranslations("common");
  const fieldError = useFieldError();
  const { register, handleSubmit, formState } = useForm<Values>({
    defaultValues: { validFrom: period ? (period.validFrom ?? "") : today, validTo: period?.validTo ?? "" },
    resolver,
  });
  const { errors } = formState;
  const submit = handleSubmit(({ validFrom, validTo }) => {
    const [chosen] = periodsOf([{ validFrom: validFrom || null, validTo: validTo || null }]);
    if (chosen) onChoose(chosen);
  });

  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent title={period ? t("editTitle") : t("newTitle")} description={t("description")}>
        <form noValidate onSubmit={submit} className="flex flex-col gap-4">
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label={t("from")} error={fieldError(errors.validFrom)}>
              {(field) => <Input {...field} type="date" className="h-11 sm:h-9" {...register("validFrom")} />}
            </Field>
            <Field label={t("until")} hint={t("untilHint")} error={fieldError(errors.validTo)}>
              {(field) => <Input {...field} type="date" className="h-11 sm:h-9" {...register("validTo")} />}
            </Field>
          </div>
          <div className="flex justify-end gap-2">
            <Button variant="ghost" className="h-11 sm:h-8" onClick={onClose}>
              {common("cancel")}
            </Button>
            <Button type="submit" className="h-11 sm:h-8">
              {period ? t("apply") : t("create")}
            </Button>
          </div>
        </form>
      </DialogContent>
    </Dialog>
  );
}
