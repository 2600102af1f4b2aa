"use client";

import { createSubjectInput } from "@creneau/api/directory/schema";
import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useForm } from "react-hook-form";
import { toast } from "sonner";
import { Button } from "../../components/button.tsx";
import { Field } from "../../components/field.tsx";
import { Input } from "../../components/input.tsx";
import { Select } from "../../components/select.tsx";
import { trpc } from "../../trpc/react.ts";
import { schemaResolver } from "../directory/schema-resolver.ts";
import { useFieldError } from "../directory/use-field-error.ts";
import { useRefusal } from "../directory/use-refusal.ts";
import { useViewer } from "../shell/viewer.tsx";

type Values = { kind: "vehicle" | "transaction" | "file"; reference: string; label: string };

const usualKind = {
  inspection: "vehicle",
  real_estate: "transaction",
  medical: "file",
  client_meetings: "file",
  solo: "file",
} as const;

/** Adds what a client's appointments are about: a vehicle, a transaction, a file. */
export function SubjectForm({ clientId }: { clientId: string }) {
  const t = useTranslations("clients");
  const fieldError = useFieldError();
  const { tell } = useRefusal();
  const utils = trpc.useUtils();
  const { preset } = useViewer().organization;
  const toInput = (values: Values) => ({ ...values, label: values.label.trim() || null, clientId });
  const form = useForm<Values>({
    defaultValues: { kind: usualKind[preset], reference: "", label: "" },
    resolver: schemaResolver<Values>(createSubjectInput, { toInput }),
  });
  const { errors } = form.formState;
  const create = trpc.directory.subjects.create.useMutation({
    onSuccess: () => {
      toast.success(t("subjectForm.saved"));
      form.reset();
      void utils.directory.clients.byId.invalidate({ id: clientId });
    },
    onError: tell,
  });
  return (
    <form
      noValidate
      className="mt-3 grid gap-2 border-t pt-3 sm:grid-cols-2"
      onSubmit={form.handleSubmit((values) => create.mutate(createSubjectInput.parse(toInput(values))))}
    >
      <Field label={t("subjectForm.kind")}>
        {(field) => (
          <Select {...field} {...form.register("kind")}>
            <option value="vehicle">{t("subjectKinds.vehicle")}</option>
            <option value="transaction">{t("subjectKinds.transaction")}</option>
            <option value="file">{t("subjectKinds.file")}</option>
          </Select>
        )}
      </Field>
      <Field label={t("subjectForm.reference")} error={fieldError(errors.reference)}>
        {(field) => (
          <Input
            {...field}
            {...form.register("reference")}
            maxLength={64}
            autoComplete="off"
            className="tabular"
          />
        )}
      </Field>
      <div className="sm:col-span-2">
        <Field label={t("subjectForm.label")} error={fieldError(errors.label)}>
          {(field) => <Input {...field} {...form.register("label")} maxLength={200} />}
        </Field>
      </div>
      <Button type="submit" variant="secondary" className="justify-self-start" disabled={create.isPending}>
        <Plus aria-hidden />
        {t("subjectForm.add")}
      </Button>
    </form>
  );
}
