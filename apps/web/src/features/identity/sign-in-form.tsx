"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { Mail } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { z } from "zod";
import { Button } from "../../components/button.tsx";
import { Field } from "../../components/field.tsx";
import { Input } from "../../components/input.tsx";
import {
  requestEmailLink,
  type SignInFailure,
  signInWithPassword,
  startProviderSignIn,
} from "./auth-endpoints.ts";
import { DemoAccountList } from "./demo-account-list.tsx";
import { demoPassword } from "./demo-accounts.ts";

const fieldsSchema = z.object({ email: z.email(), password: z.string().min(1) });
type Fields = z.infer<typeof fieldsSchema>;
type Notice =
  | { kind: "failure"; failure: SignInFailure; configured?: string; used?: string }
  | { kind: "linkSent"; email: string; isReset: boolean }
  | null;

export type SignInFormProps = {
  /** Path of this site to open once signed in. */
  returnTo: string;
  /** Path of the page where a new password is set. */
  passwordPath: string;
  demo: boolean;
  emailLink: boolean;
  /** Sign-in providers that are configured, by next-auth id. */
  providers: { id: string; name: string }[];
  failure: SignInFailure | null;
};

/** E-mail and password first; the link by mail and the configured providers below. */
export function SignInForm({ returnTo, passwordPath, demo, emailLink, providers, failure }: SignInFormProps) {
  const t = useTranslations("signIn");
  const [notice, setNotice] = useState<Notice>(failure ? { kind: "failure", failure } : null);
  const form = useForm<Fields>({
    resolver: zodResolver(fieldsSchema),
    defaultValues: { email: "", password: "" },
  });
  const { errors, isSubmitting } = form.formState;

  async function submit(fields: Fields) {
    setNotice(null);
    const outcome = await signInWithPassword({ ...fields, callbackUrl: returnTo });
    if (!outcome.ok) return setNotice({ kind: "failure", ...outcome });
    // A full load, so that the server renders the shell with the new session.
    location.assign(returnTo);
    await new Promise(() => {});
  }

  /** `isReset`: the link leads to where a new password is set. */
  async function sendLink({ isReset }: { isReset: boolean }) {
    if (!(await form.trigger("email", { shouldFocus: true }))) return;
    const email = form.getValues("email");
    const outcome = await requestEmailLink({ email, callbackUrl: isReset ? passwordPath : returnTo });
    setNotice(outcome.ok ? { kind: "linkSent", email, isReset } : { kind: "failure", ...outcome });
  }

  async function continueWith(provider: string) {
    const outcome = await startProviderSignIn({ provider, callbackUrl: returnTo });
    if (outcome.ok) location.assign(outcome.url);
    else setNotice({ kind: "failure", ...outcome });
  }

  return (
    <div className="flex flex-col gap-6">
      {/* `post`: pressed before the script has loaded, the browser must not put the password into the address. */}
      <form method="post" noValidate onSubmit={form.handleSubmit(submit)} className="flex flex-col gap-4">
        <Field label={t("email")} error={errors.email && t("errors.emailRequired")}>
          {(control) => (
            <Input
              {...control}
              type="email"
              autoComplete="username"
              className="h-11"
              {...form.register("email")}
            />
          )}
        </Field>
        <Field label={t("password")} error={errors.password && t("errors.passwordRequired")}>
          {(control) => (
            <Input
              {...control}
              type="password"
              autoComplete="current-password"
              className="h-11"
              {...form.register("password")}
            />
          )}
        </Field>
        {emailLink && (
          <Button
            variant="ghost"
            size="small"
            className="-mt-2 -mr-2 self-end text-muted-foreground"
            onClick={() => sendLink({ isReset: true })}
          >
            {t("forgotten")}
          </Button>
        )}
        <div aria-live="polite">
          {notice?.kind === "failure" && (
            <p role="alert" className="rounded-md border border-danger/40 bg-danger/10 px-3 py-2 text-danger">
              {t(`errors.${notice.failure}`, {
                used: notice.used ?? "",
                configured: notice.configured ?? "",
              })}
            </p>
          )}
          {notice?.kind === "linkSent" && (
            <p className="rounded-md border border-success/40 bg-success/10 px-3 py-2">
              {t(notice.isReset ? "resetLinkSent" : "emailLinkSent", { email: notice.email })}
            </p>
          )}
        </div>
        <Button type="submit" size="large" isBusy={isSubmitting}>
          {isSubmitting ? t("submitting") : t("submit")}
        </Button>
      </form>
      {(emailLink || providers.length > 0) && (
        <div className="flex flex-col gap-2">
          <div className="flex items-center gap-3 text-muted-foreground text-xs before:h-px before:flex-1 before:bg-border after:h-px after:flex-1 after:bg-border">
            {t("or")}
          </div>
          {providers.map((provider) => (
            <Button
              key={provider.id}
              variant="secondary"
              size="large"
              onClick={() => continueWith(provider.id)}
            >
              {t("continueWith", { provider: provider.name })}
            </Button>
          ))}
          {emailLink && (
            <Button variant="secondary" size="large" onClick={() => sendLink({ isReset: false })}>
              <Mail aria-hidden />
              {t("emailLink")}
            </Button>
          )}
        </div>
      )}
      {demo && (
        <DemoAccountList
          onChoose={(email) => {
            form.setValue("email", email, { shouldValidate: true });
            form.setValue("password", demoPassword, { shouldValidate: true });
            setNotice(null);
          }}
        />
      )}
    </div>
  );
}
