"use client";

import { acceptInvitationInput } from "@creneau/api/members/schema";
import { useLocale, useTranslations } from "next-intl";
import { useForm } from "react-hook-form";
import { Button } from "../../components/button.tsx";
import { Field } from "../../components/field.tsx";
import { Input } from "../../components/input.tsx";
import { PasswordInput } from "../../components/password-input.tsx";
import { schemaResolver } from "../directory/schema-resolver.ts";
import type { AcceptProps } from "./invitation.ts";
import { ProblemNotice } from "./problem-notice.tsx";
import { useAccept } from "./use-accept.ts";

type Values = { name: string; password: string };

/** For an address without an account: a name and a password make one and take the seat. */
export function AcceptWithNewAccount({ invitation, token }: AcceptProps) {
  const t = useTranslations("invitation");
  const locale = useLocale();
  const { accept, problem } = useAccept(token);
  const form = useForm<Values>({
    defaultValues: { name: "", password: "" },
    resolver: schemaResolver<Values>(acceptInvitationInput, {
      toInput: (account) => ({ token, account: { ...account, locale } }),
      fieldOf: (path) => path.replace("account.", ""),
    }),
  });
  const { errors, isSubmitting } = form.formState;

  return (
    <form
      method="post"
      noValidate
      onSubmit={form.handleSubmit((account) => accept({ ...account, locale }))}
      className="flex flex-col gap-4"
    >
      <input hidden type="text" autoComplete="username" value={invitation.email} readOnly />
      <Field label={t("name")} hint={t("nameHint")} error={errors.name && t("nameMissing")}>
        {(control) => (
          <Input
            {...control}
            autoComplete="name"
            maxLength={120}
            className="h-11"
            {...form.register("name")}
          />
        )}
      </Field>
      <Field
        label={t("newPassword")}
        hint={t("newPasswordHint")}
        error={errors.password && t("passwordShort")}
      >
        {(control) => (
          <PasswordInput
            {...control}
            className="h-11"
            autoComplete="new-password"
            maxLength={200}
            {...form.register("password")}
          />
        )}
      </Field>
      <ProblemNotice problem={problem} />
      <Button type="submit" size="large" isBusy={isSubmitting}>
        {isSubmitting ? t("working") : t("create")}
      </Button>
    </form>
  );
}
