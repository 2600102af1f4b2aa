"use client";

import { useTranslations } from "next-intl";
import { useFormContext } from "react-hook-form";
import { CopyField } from "../../components/copy-field.tsx";
import { Field } from "../../components/field.tsx";
import { Input } from "../../components/input.tsx";
import { Panel } from "../../components/page.tsx";
import { trpc } from "../../trpc/react.ts";
import { useFieldError } from "../directory/use-field-error.ts";
import { AccentField } from "./accent-field.tsx";
import type { OrganizationValues } from "./form-values.ts";

/** What the organization is called, where it is found, how it is reached, and its colour. */
export function IdentityFields({ slug }: { slug: string }) {
  const t = useTranslations("organization.identity");
  const { register, formState } = useFormContext<OrganizationValues>();
  const { errors } = formState;
  const fieldError = useFieldError();
  const config = trpc.session.config.useQuery(undefined, { staleTime: Number.POSITIVE_INFINITY });
  return (
    <Panel title={t("title")}>
      <div className="flex flex-col gap-4">
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t("name")} hint={t("nameHint")} error={fieldError(errors.name)}>
            {(control) => (
              <Input {...control} {...register("name")} maxLength={200} className="max-sm:h-11" />
            )}
          </Field>
          <Field label={t("phone")} hint={t("phoneHint")} error={fieldError(errors.phone)}>
            {(control) => (
              <Input
                {...control}
                type="tel"
                autoComplete="off"
                {...register("phone")}
                maxLength={32}
                className="max-sm:h-11"
              />
            )}
          </Field>
        </div>
        <div className="flex flex-col gap-1.5">
          <p className="font-medium text-sm">{t("link")}</p>
          <CopyField label={t("link")} value={`${config.data?.appUrl ?? ""}/book/${slug}`} />
          <p className="text-muted-foreground text-xs">{t("linkHint")}</p>
        </div>
        <AccentField />
      </div>
    </Panel>
  );
}
