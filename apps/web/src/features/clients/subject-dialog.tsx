"use client";

import { createSubjectInput } from "@creneau/api/directory/clients-schema";
import { useTranslations } from "next-intl";
import { useForm } from "react-hook-form";
import { toast } from "sonner";
import { Button } from "../../components/button.tsx";
import { Dialog, DialogContent } from "../../components/dialog.tsx";
import { Field } from "../../components/field.tsx";
import { Input } from "../../components/input.tsx";
import { Select } from "../../components/select.tsx";
import { errorCode } from "../../trpc/error-code.ts";
import { type Outputs, trpc } from "../../trpc/react.ts";
import { schemaResolver } from "../directory/schema-resolver.ts";
import { useDirectory } from "../directory/use-directory.ts";
import { useFieldError } from "../directory/use-field-error.ts";
import { useRefusal } from "../directory/use-refusal.ts";
import { useViewer } from "../viewer/viewer.tsx";
import {
  type SubjectField,
  type SubjectValues,
  subjectFields,
  subjectInputOf,
  subjectValuesOf,
  usualSubjectKind,
} from "./subject-fields.ts";

export type Subject = Outputs["directory"]["clients"]["byId"]["subjects"][number];

type SubjectDialogProps = {
  clientId: string;
  /** Null for a new one. */
  subject: Subject | null;
  onClose: () => void;
};

/** Adds or changes what a client's appointments are about: a vehicle, a transaction, a file, each with its own facts. */
export function SubjectDialog({ clientId, subject, onClose }: SubjectDialogProps) {
  const t = useTranslations("clients");
  const common = useTranslations("common");
  const staff = useTranslations("staff");
  const fieldError = useFieldError();
  const { tell } = useRefusal();
  const utils = trpc.useUtils();
  const { preset } = useViewer().organization;
  const toInput = (values: SubjectValues) => ({ ...subjectInputOf(values, subject?.attributes), clientId });
  const form = useForm<SubjectValues>({
    defaultValues: subjectValuesOf(subject, usualSubjectKind[preset]),
    resolver: schemaResolver<SubjectValues>(createSubjectInput, {
      toInput,
      fieldOf: (path) => path.replace("attributes.", ""),
    }),
  });
  const { register, watch, setError, formState } = form;
  const { errors } = formState;
  const settled = {
    onSuccess: () => {
      toast.success(subject ? t("subjectForm.changed") : t("subjectForm.saved"));
      void utils.directory.clients.byId.invalidate({ id: clientId });
      void utils.directory.subjects.invalidate();
      onClose();
    },
    onError: (error: unknown) => {
      if (errorCode(error) === "already_exists")
        setError("reference", { message: "already_exists" }, { shouldFocus: true });
      else tell(error);
    },
  };
  const create = trpc.directory.subjects.create.useMutation(settled);
  const update = trpc.directory.subjects.update.useMutation(settled);

  function submit(values: SubjectValues) {
    const { kind: _kind, ...input } = createSubjectInput.parse(toInput(values));
    if (subject) update.mutate({ id: subject.id, ...input });
    else create.mutate(createSubjectInput.parse(toInput(values)));
  }

  const kind = watch("kind");
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent title={subject ? t("subjectForm.editTitle") : t("subjectForm.add")}>
        <form noValidate className="grid gap-3 sm:grid-cols-2" onSubmit={form.handleSubmit(submit)}>
          <Field label={t("subjectForm.kind")}>
            {(field) => (
              <Select {...field} {...register("kind")} disabled={subject !== null}>
                <option value="vehicle">{t("subjectKinds.vehicle")}</option>
                <option value="transaction">{t("subjectKinds.transaction")}</option>
                <option value="file">{t("subjectKinds.file")}</option>
              </Select>
            )}
          </Field>
          <Field
            label={kind === "vehicle" ? t("subjectForm.plate") : t("subjectForm.reference")}
            error={
              errors.reference?.message === "already_exists"
                ? t("subjectForm.taken")
                : fieldError(errors.reference)
            }
          >
            {(field) => (
              <Input
                {...field}
                {...register("reference")}
                maxLength={64}
                autoComplete="off"
                className="tabular"
              />
            )}
          </Field>
          <div className="sm:col-span-2">
            <Field label={t("subjectForm.label")} error={fieldError(errors.label)}>
              {(field) => <Input {...field} {...register("label")} maxLength={200} />}
            </Field>
          </div>
          {subjectFields[kind].map((each) => (
            <Field key={each.key} label={t(`subjectFields.${each.key}`)} error={fieldError(errors[each.key])}>
              {(field) => <SubjectInput control={{ ...field, ...register(each.key) }} field={each} />}
            </Field>
          ))}
          <div className="mt-1 flex justify-end gap-2 sm:col-span-2">
            <Button variant="ghost" className="max-sm:h-11" onClick={onClose}>
              {common("cancel")}
            </Button>
            <Button type="submit" className="max-sm:h-11" disabled={create.isPending || update.isPending}>
              {create.isPending || update.isPending ? staff("saving") : staff("save")}
            </Button>
          </div>
        </form>
      </DialogContent>
    </Dialog>
  );
}

/** One fact. Where prices depend on it, the values that they know are suggested. */
function SubjectInput({ control, field }: { control: { id: string }; field: SubjectField }) {
  const { services } = useDirectory();
  const listId = `${control.id}-known`;
  const known = new Set(
    services.flatMap(({ overrides }) =>
      overrides.flatMap(({ when }) => {
        const value = when[field.key];
        return typeof value === "string" ? [value] : [];
      }),
    ),
  );
  return (
    <>
      <Input
        {...control}
        type={field.as === "date" ? "date" : "text"}
        {...(field.as === "number" && { inputMode: "decimal" })}
        {...(field.as === "amount" && { inputMode: "decimal" })}
        {...(known.size > 0 && { list: listId })}
        maxLength={300}
        autoComplete="off"
        className="tabular"
      />
      {known.size > 0 && (
        <datalist id={listId}>
          {[...known].map((value) => (
            <option key={value} value={value} />
          ))}
        </datalist>
      )}
    </>
  );
}
