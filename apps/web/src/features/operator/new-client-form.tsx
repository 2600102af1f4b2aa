"use client";

import { newClientSchema } from "@creneau/api/directory/clients-schema";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { useForm } from "react-hook-form";
import { Button } from "../../components/button.tsx";
import { Field } from "../../components/field.tsx";
import { Input } from "../../components/input.tsx";
import type { TypedClient } from "../clients/typed-client.ts";
import { schemaResolver } from "../directory/schema-resolver.ts";
import { useFieldError } from "../directory/use-field-error.ts";

function toInput({ name, phone, email }: TypedClient) {
  return { name, ...(phone.trim() && { phone }), ...(email.trim() && { email }) };
}

/** A caller the organization does not know: a name is needed, a phone number is enough to reach them. */
export function NewClientForm({
  typed,
  refusedPhone,
  onDone,
}: {
  typed: TypedClient;
  /** What the server took for no phone number; anything else may be one. */
  refusedPhone?: string;
  onDone: (client: TypedClient) => void;
}) {
  const t = useTranslations("operator");
  const fieldError = useFieldError();
  const form = useForm<TypedClient>({
    defaultValues: typed,
    resolver: schemaResolver<TypedClient>(
      newClientSchema.refine(({ phone }) => !refusedPhone || phone !== refusedPhone.trim(), {
        path: ["phone"],
      }),
      { toInput },
    ),
  });
  const { register, formState, trigger } = form;
  useEffect(() => {
    if (refusedPhone) void trigger("phone", { shouldFocus: true });
  }, [refusedPhone, trigger]);
  const { errors } = formState;
  return (
    <form noValidate className="grid gap-3 sm:grid-cols-2" onSubmit={form.handleSubmit(onDone)}>
      <Field label={t("name")} error={fieldError(errors.name)}>
        {(field) => (
          <Input
            {...field}
            autoFocus={!typed.name}
            {...register("name")}
            maxLength={200}
            autoComplete="off"
          />
        )}
      </Field>
      <Field label={t("phone")} error={fieldError(errors.phone)}>
        {(field) => (
          <Input
            {...field}
            type="tel"
            autoFocus={Boolean(typed.name)}
            {...register("phone")}
            maxLength={32}
            autoComplete="off"
          />
        )}
      </Field>
      <Field label={t("plate")}>
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
      <Field label={t("email")} error={fieldError(errors.email)}>
        {(field) => (
          <Input {...field} type="email" {...register("email")} maxLength={254} autoComplete="off" />
        )}
      </Field>
      <Button type="submit" size="large" className="justify-self-start">
        {t("useClient")}
      </Button>
    </form>
  );
}
