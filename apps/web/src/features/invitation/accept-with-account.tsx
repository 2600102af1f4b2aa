"use client";

import { useLocale, useTranslations } from "next-intl";
import { useForm } from "react-hook-form";
import { Button, buttonVariants } from "../../components/button.tsx";
import { Field } from "../../components/field.tsx";
import { PasswordInput } from "../../components/password-input.tsx";
import { Link } from "../../i18n/navigation.ts";
import { signInWithPassword } from "../identity/auth-endpoints.ts";
import type { AcceptProps } from "./invitation.ts";
import { ProblemNotice } from "./problem-notice.tsx";
import { useAccept } from "./use-accept.ts";

/** For an address that has an account: its password signs in and takes the seat at once. */
export function AcceptWithAccount({ invitation, token }: AcceptProps) {
  const t = useTranslations("invitation");
  const signIn = useTranslations("signIn");
  const locale = useLocale();
  const { accept, problem, setProblem } = useAccept(token);
  const form = useForm({ defaultValues: { password: "" } });
  const { errors, isSubmitting } = form.formState;
  const here = `/${locale}/invitation/${encodeURIComponent(token)}`;

  async function submit({ password }: { password: string }) {
    setProblem(null);
    const outcome = await signInWithPassword({ email: invitation.email, password, callbackUrl: here });
    if (outcome.ok) await accept();
    else
      setProblem(
        signIn(`errors.${outcome.failure}`, {
          used: outcome.used ?? "",
          configured: outcome.configured ?? "",
        }),
      );
  }

  return (
    <form method="post" noValidate onSubmit={form.handleSubmit(submit)} className="flex flex-col gap-4">
      {/* Tells a password manager whose password is asked for. */}
      <input hidden type="text" autoComplete="username" value={invitation.email} readOnly />
      <Field label={t("password")} hint={t("passwordHint")} error={errors.password && t("passwordMissing")}>
        {(control) => (
          <PasswordInput
            {...control}
            className="h-11"
            autoComplete="current-password"
            {...form.register("password", { required: true })}
          />
        )}
      </Field>
      <ProblemNotice problem={problem} />
      <Button type="submit" size="large" isBusy={isSubmitting}>
        {isSubmitting ? t("working") : t("signIn")}
      </Button>
      <Link
        href={{ pathname: "/sign-in", query: { callbackUrl: here } }}
        className={buttonVariants({ variant: "ghost", size: "large" })}
      >
        {t("otherWay")}
      </Link>
    </form>
  );
}
