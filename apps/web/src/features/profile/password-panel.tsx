"use client";

import { changePasswordInput } from "@creneau/api/identity/schema";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { toast } from "sonner";
import { Button } from "../../components/button.tsx";
import { Field } from "../../components/field.tsx";
import { Panel } from "../../components/page.tsx";
import { PasswordInput } from "../../components/password-input.tsx";
import { useRouter } from "../../i18n/navigation.ts";
import { trpc } from "../../trpc/react.ts";
import { errorField } from "../directory/error-details.ts";
import { schemaResolver } from "../directory/schema-resolver.ts";
import { useRefusal } from "../directory/use-refusal.ts";
import { useViewer } from "../viewer/viewer.tsx";

type Values = { currentPassword: string; newPassword: string };

/**
 * A new password, for who knows the present one or has just signed in by a mailed link. This browser stays signed in.
 */
export function PasswordPanel() {
  const t = useTranslations("profile.password");
  const staff = useTranslations("staff");
  const { user, passwordResetUntil } = useViewer();
  const router = useRouter();
  // Decided when the page opens: the field does not come and go under somebody who types.
  const [isReset, setIsReset] = useState(passwordResetUntil !== null);
  const { tell } = useRefusal();
  const form = useForm<Values>({
    defaultValues: { currentPassword: "", newPassword: "" },
    resolver: schemaResolver<Values>(changePasswordInput, {
      toInput: ({ currentPassword, newPassword }) =>
        isReset ? { newPassword } : { currentPassword, newPassword },
    }),
  });
  const { errors } = form.formState;
  const change = trpc.session.changePassword.useMutation({
    onSuccess: () => {
      form.reset();
      toast.success(t("saved"));
      if (!isReset) return;
      setIsReset(false);
      router.refresh();
    },
    onError: (error) => {
      if (errorField(error) === "currentPassword" && isReset) {
        // Too long after the link.
        setIsReset(false);
        toast.error(t("resetOver"));
      } else if (errorField(error) === "currentPassword")
        form.setError("currentPassword", { type: "wrong" }, { shouldFocus: true });
      else tell(error);
    },
  });

  return (
    <Panel title={t("title")} description={isReset ? t("resetLead") : t("lead")}>
      <form
        method="post"
        noValidate
        className="flex flex-col gap-4"
        onSubmit={form.handleSubmit(({ currentPassword, newPassword }) =>
          change.mutate(isReset ? { newPassword } : { currentPassword, newPassword }),
        )}
      >
        {/* Tells a password manager whose password changes. */}
        <input hidden type="text" autoComplete="username" value={user.email} readOnly />
        <div className="grid gap-4 sm:grid-cols-2">
          {!isReset && (
            <Field
              label={t("current")}
              error={
                errors.currentPassword &&
                t(errors.currentPassword.type === "wrong" ? "wrong" : "currentMissing")
              }
            >
              {(control) => (
                <PasswordInput
                  {...control}
                  autoComplete="current-password"
                  maxLength={200}
                  {...form.register("currentPassword")}
                />
              )}
            </Field>
          )}
          <Field label={t("next")} hint={t("nextHint")} error={errors.newPassword && t("short")}>
            {(control) => (
              <PasswordInput
                {...control}
                autoComplete="new-password"
                maxLength={200}
                {...form.register("newPassword")}
              />
            )}
          </Field>
        </div>
        <div className="flex justify-end">
          <Button type="submit" className="max-sm:h-11" disabled={change.isPending}>
            {change.isPending ? staff("saving") : t("save")}
          </Button>
        </div>
      </form>
    </Panel>
  );
}
