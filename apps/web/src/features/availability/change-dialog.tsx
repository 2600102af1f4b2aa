"use client";

import { useTranslations } from "next-intl";
import { useId, useMemo, useState } from "react";
import { Controller, useForm } from "react-hook-form";
import { toast } from "sonner";
import { Button } from "../../components/button.tsx";
import { Checkbox } from "../../components/checkbox.tsx";
import { Dialog, DialogContent } from "../../components/dialog.tsx";
import { Field } from "../../components/field.tsx";
import { Input } from "../../components/input.tsx";
import { TimeInput } from "../../components/time-input.tsx";
import type { Appointment } from "../appointments/appointment.ts";
import { useFieldError } from "../directory/use-field-error.ts";
import { useRefusal } from "../directory/use-refusal.ts";
import { type ChangeKind, type ChangeTarget, type ChangeValues, changeResolver } from "./change-form.ts";
import { CollisionList } from "./collision-list.tsx";
import type { DatedItem } from "./dated-items.ts";
import { FormWindows } from "./form-windows.tsx";
import { Segments } from "./segments.tsx";
import { useDatedChanges } from "./use-dated-changes.ts";

type ChangeDialogProps = {
  initial: ChangeValues;
  /** What is edited; null for a new change. */
  replaced: DatedItem | null;
  target: ChangeTarget;
  /** Offers "in every site": for a provider with several, all of them within reach. */
  canChooseEverySite: boolean;
  onClose: () => void;
};

const kinds: readonly ChangeKind[] = ["closed", "hours", "timeOff"];

/** Adds or edits a closed day, other hours or an absence, then tells which appointments stand in the way. */
export function ChangeDialog({ initial, replaced, target, canChooseEverySite, onClose }: ChangeDialogProps) {
  const t = useTranslations("availability.change");
  const common = useTranslations("common");
  const staff = useTranslations("staff");
  const fieldError = useFieldError();
  const { refusal } = useRefusal();
  const changes = useDatedChanges(target);
  const [collisions, setCollisions] = useState<readonly Appointment[]>([]);
  const resolver = useMemo(() => changeResolver(target), [target]);
  const form = useForm<ChangeValues>({ defaultValues: initial, resolver });
  const { control, register, watch, setValue, getValues, setError, formState } = form;
  const { errors, isSubmitting } = formState;
  const windowsId = useId();
  const [kind, isWholeDay] = watch(["kind", "isWholeDay"]);
  const whose = target.providerId ? "provider" : "site";

  const submit = form.handleSubmit(async () => {
    try {
      const found = await changes.save(getValues(), replaced);
      toast.success(changes.savedWord);
      if (found.length > 0) setCollisions(found);
      else onClose();
    } catch (error) {
      setError("root", { message: refusal(error) });
    }
  });

  if (collisions.length > 0) {
    return (
      <Dialog open onOpenChange={(open) => !open && onClose()}>
        <DialogContent title={t("collisions", { count: collisions.length })}>
          <CollisionList appointments={collisions} zone={target.zone} onClose={onClose} />
        </DialogContent>
      </Dialog>
    );
  }

  const time = (name: "startMinute" | "endMinute") => (
    <Field label={t(name)} error={fieldError(errors[name])}>
      {(field) => (
        <Controller
          control={control}
          name={name}
          render={({ field: { ref, value, onChange, onBlur } }) => (
            <TimeInput
              {...field}
              ref={ref}
              value={value}
              onChange={onChange}
              onBlur={onBlur}
              className="tabular h-11 w-full sm:h-9"
            />
          )}
        />
      )}
    </Field>
  );
  const date = (name: "date" | "until") => (
    <Field label={t(name)} error={fieldError(errors[name])}>
      {(field) => (
        <Input
          {...field}
          type="date"
          className="h-11 sm:h-9"
          {...register(name, {
            onChange: (event: { target: { value: string } }) => {
              // The end follows a start taken beyond it.
              const { value } = event.target;
              if (name === "date" && value > getValues("until")) setValue("until", value);
            },
          })}
        />
      )}
    </Field>
  );

  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={replaced ? t("editTitle") : t("newTitle")}
        description={t(`hints.${kind}`, { whose })}
      >
        <form noValidate onSubmit={submit} className="flex flex-col gap-4">
          <Segments
            label={t("kind")}
            value={kind}
            options={kinds.map((each) => ({ value: each, label: t(`kinds.${each}`, { whose }) }))}
            onChange={(value) => {
              setValue("kind", value);
              form.clearErrors();
            }}
          />
          <div className="grid grid-cols-2 gap-3">
            {date("date")}
            {kind === "timeOff" && !isWholeDay ? time("startMinute") : date("until")}
            {kind === "timeOff" && !isWholeDay && (
              <>
                {date("until")}
                {time("endMinute")}
              </>
            )}
          </div>
          {kind === "timeOff" && <Checkbox label={t("wholeDay")} {...register("isWholeDay")} />}
          {kind === "hours" && (
            <Controller
              control={control}
              name="windows"
              render={({ field }) => (
                <FormWindows
                  id={windowsId}
                  windows={field.value}
                  hasError={errors.windows !== undefined}
                  onChange={field.onChange}
                />
              )}
            />
          )}
          {kind !== "timeOff" && canChooseEverySite && (
            <Checkbox label={t("everySite")} {...register("isEverySite")} />
          )}
          <Field label={t("reason")} hint={t("reasonHint")} error={fieldError(errors.reason)}>
            {(field) => (
              <Input
                {...field}
                className="h-11 sm:h-9"
                maxLength={300}
                autoComplete="off"
                {...register("reason")}
              />
            )}
          </Field>
          {errors.root && (
            <p role="alert" className="text-danger">
              {errors.root.message}
            </p>
          )}
          <div className="flex justify-end gap-2">
            <Button variant="ghost" className="h-11 sm:h-8" onClick={onClose}>
              {common("cancel")}
            </Button>
            <Button type="submit" className="h-11 sm:h-8" disabled={isSubmitting}>
              {isSubmitting ? staff("saving") : staff("save")}
            </Button>
          </div>
        </form>
      </DialogContent>
    </Dialog>
  );
}
