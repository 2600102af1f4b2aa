"use client";

import { useTranslations } from "next-intl";
import { useFormContext } from "react-hook-form";
import { Field } from "../../components/field.tsx";
import { Input } from "../../components/input.tsx";
import { useFieldError } from "../directory/use-field-error.ts";
import { readableAccent } from "../shell/accent.ts";
import type { OrganizationValues } from "./form-values.ts";

const previews = [
  { theme: "light", words: "previewLight", surface: "#ffffff", ink: "#ffffff" },
  { theme: "dark", words: "previewDark", surface: "#131417", ink: "#0b1220" },
] as const;

/** The organization's colour, picked or typed, and how it will look in both themes. */
export function AccentField() {
  const t = useTranslations("organization.identity");
  const { register, watch, setValue, formState } = useFormContext<OrganizationValues>();
  const fieldError = useFieldError();
  const accent = watch("accent");
  const isColour = /^#[0-9a-f]{6}$/i.test(accent);
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label={t("accent")} hint={t("accentHint")} error={fieldError(formState.errors.accent)}>
        {(control) => (
          <span className="flex gap-2">
            <input
              {...control}
              type="color"
              value={isColour ? accent.toLowerCase() : "#000000"}
              onChange={(event) => setValue("accent", event.target.value, { shouldDirty: true })}
              className="h-9 w-14 shrink-0 cursor-pointer rounded-md border border-border-strong/60 bg-surface p-1 max-sm:h-11"
            />
            <Input
              aria-label={t("accentCode")}
              aria-invalid={control["aria-invalid"]}
              maxLength={7}
              spellCheck={false}
              className="tabular max-w-32 max-sm:h-11"
              {...register("accent")}
            />
          </span>
        )}
      </Field>
      {isColour && (
        <div className="flex flex-col gap-1.5">
          <p className="font-medium text-sm">{t("preview")}</p>
          <div className="grid grid-cols-2 overflow-hidden rounded-lg border">
            {previews.map(({ theme, words, surface, ink }) => (
              <div key={theme} style={{ background: surface }} className="grid place-items-center p-3">
                <span
                  style={{ background: readableAccent(accent, theme), color: ink }}
                  className="rounded-md px-3 py-1.5 font-medium text-sm"
                >
                  {t(words)}
                </span>
              </div>
            ))}
          </div>
        </div>
      )}
    </div>
  );
}
