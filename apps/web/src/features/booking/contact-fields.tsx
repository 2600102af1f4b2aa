"use client";

import { Field } from "../../components/field.tsx";
import { Input } from "../../components/input.tsx";
import { useTranslations } from "../../components/words.tsx";
import type { Draft } from "./use-draft.ts";

interface ContactFieldsProps {
  draft: Draft;
  onDraft: (changes: Partial<Draft>) => void;
  error: (field: "name" | "email" | "phone") => string | undefined;
  isEmailRequired?: boolean;
  emailHint?: string;
  phone: { label: string; hint?: string };
}

const large = "h-11 text-base";

/** Who a visitor is and how to reach them. A phone shows the keyboard that each field wants. */
export function ContactFields({
  draft,
  onDraft,
  error,
  isEmailRequired = false,
  emailHint,
  phone,
}: ContactFieldsProps) {
  const t = useTranslations("booking.details");
  return (
    <>
      <Field label={t("name")} error={error("name")}>
        {(control) => (
          <Input
            {...control}
            className={large}
            name="name"
            autoComplete="name"
            autoCapitalize="words"
            required
            maxLength={200}
            value={draft.name}
            onChange={({ target }) => onDraft({ name: target.value })}
          />
        )}
      </Field>
      <Field label={t("email")} {...(emailHint && { hint: emailHint })} error={error("email")}>
        {(control) => (
          <Input
            {...control}
            className={large}
            name="email"
            type="email"
            inputMode="email"
            autoComplete="email"
            autoCapitalize="none"
            spellCheck={false}
            required={isEmailRequired}
            maxLength={200}
            value={draft.email}
            onChange={({ target }) => onDraft({ email: target.value })}
          />
        )}
      </Field>
      <Field {...phone} error={error("phone")}>
        {(control) => (
          <Input
            {...control}
            className={large}
            name="tel"
            type="tel"
            inputMode="tel"
            autoComplete="tel"
            maxLength={40}
            value={draft.phone}
            onChange={({ target }) => onDraft({ phone: target.value })}
          />
        )}
      </Field>
    </>
  );
}
