"use client";

import { updateProfileInput } from "@creneau/api/identity/schema";
import { useTranslations } from "next-intl";
import { useForm } from "react-hook-form";
import { toast } from "sonner";
import { Button } from "../../components/button.tsx";
import { Field } from "../../components/field.tsx";
import { Input } from "../../components/input.tsx";
import { Panel } from "../../components/page.tsx";
import { TimezoneSelect } from "../../components/timezone-select.tsx";
import { useRouter } from "../../i18n/navigation.ts";
import { trpc } from "../../trpc/react.ts";
import { schemaResolver } from "../directory/schema-resolver.ts";
import { useFieldError } from "../directory/use-field-error.ts";
import { useRefusal } from "../directory/use-refusal.ts";
import { useViewer } from "../viewer/viewer.tsx";

type Values = { name: string; timezone: string };

/** Name and zone of the person signed in. */
export function IdentityPanel() {
  const t = useTranslations("profile.identity");
  const staff = useTranslations("staff");
  const { user, organization } = useViewer();
  const router = useRouter();
  const fieldError = useFieldError();
  const { tell } = useRefusal();
  const form = useForm<Values>({
    values: { name: user.name, timezone: user.timezone },
    resetOptions: { keepDirtyValues: true },
    resolver: schemaResolver<Values>(updateProfileInput, { toInput: (values) => values }),
  });
  const { errors, isDirty } = form.formState;
  const save = trpc.session.updateProfile.useMutation({
    onSuccess: (_, values) => {
      form.reset({ ...form.getValues(), ...values });
      toast.success(t("saved"));
      // The name is in the frame, which the server renders.
      router.refresh();
    },
    onError: tell,
  });
  const timezone = form.watch("timezone");

  return (
    <Panel title={t("title")}>
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={form.handleSubmit((values) => save.mutate(updateProfileInput.parse(values)))}
      >
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t("name")} hint={t("nameHint")} error={fieldError(errors.name)}>
            {(control) => (
              <Input {...control} {...form.register("name")} maxLength={120} autoComplete="name" />
            )}
          </Field>
          <Field label={t("email")} hint={t("emailHint")}>
            {(control) => <Input {...control} value={user.email} readOnly className="bg-muted/50" />}
          </Field>
          <Field
            label={t("timezone")}
            hint={t("timezoneHint", { zone: organization.timezone })}
            error={fieldError(errors.timezone)}
          >
            {(control) => <TimezoneSelect {...control} {...form.register("timezone")} value={timezone} />}
          </Field>
        </div>
        <div className="flex justify-end">
          <Button type="submit" className="max-sm:h-11" disabled={!isDirty || save.isPending}>
            {save.isPending ? staff("saving") : staff("save")}
          </Button>
        </div>
      </form>
    </Panel>
  );
}
