"use client";

import { type ReactNode, useState } from "react";
import { Button } from "../../components/button.tsx";
import { Field } from "../../components/field.tsx";
import { Input, inputClassName } from "../../components/input.tsx";
import { joinClasses } from "../../components/join-classes.ts";
import { KeptForm } from "../../components/kept-form.tsx";
import { useTranslations } from "../../components/words.tsx";
import { ContactFields } from "./contact-fields.tsx";
import { type DraftErrors, draftErrors } from "./draft-errors.ts";
import type { Draft } from "./use-draft.ts";
import { useFirstInvalid } from "./use-first-invalid.ts";

interface DetailsStepProps {
  draft: Draft;
  onDraft: (changes: Partial<Draft>) => void;
  /** A vehicle is inspected: its plate is asked for. */
  asksPlate: boolean;
  /** Whom the message is for. */
  recipient: string;
  needsApproval: boolean;
  /** What the server refused, by field. */
  refused: DraftErrors;
  failure: ReactNode;
  isSending: boolean;
  onSubmit: () => void;
  /** Back to the choice of a time, once this one is gone; null: it can still be had. */
  onOther: (() => void) | null;
}

const large = "h-11 text-base";

/** The third screen: who comes. An address or a number is enough, and what was typed is never lost. */
export function DetailsStep({
  draft,
  onDraft,
  asksPlate,
  recipient,
  needsApproval,
  refused,
  failure,
  isSending,
  onSubmit,
  onOther,
}: DetailsStepProps) {
  const t = useTranslations("booking.details");
  const { form, focusInvalid } = useFirstInvalid(refused);
  const [wasTried, setWasTried] = useState(false);
  const errors = { ...refused, ...(wasTried ? draftErrors(draft) : {}) };
  const error = (field: keyof DraftErrors) => errors[field] && t(`error.${errors[field]}`);

  function submit() {
    setWasTried(true);
    const found = Object.keys(draftErrors(draft));
    if (found.length === 0) return onSubmit();
    focusInvalid();
  }

  return (
    <KeptForm ref={form} onSubmit={submit} className="flex flex-col gap-4" aria-busy={isSending}>
      <ContactFields
        draft={draft}
        onDraft={onDraft}
        error={error}
        phone={{ label: t("phone"), hint: t("eitherHint") }}
      />
      {asksPlate && (
        <Field label={t("plate")} hint={t("plateHint")}>
          {(control) => (
            <Input
              {...control}
              className={joinClasses(large, "uppercase")}
              name="plate"
              autoComplete="off"
              autoCapitalize="characters"
              spellCheck={false}
              maxLength={20}
              value={draft.plate}
              onChange={({ target }) => onDraft({ plate: target.value })}
            />
          )}
        </Field>
      )}
      <Field label={t("message", { name: recipient })}>
        {(control) => (
          <textarea
            {...control}
            rows={3}
            name="message"
            maxLength={2000}
            className={joinClasses(inputClassName, "h-auto max-sm:h-auto! py-2 text-base")}
            value={draft.message}
            onChange={({ target }) => onDraft({ message: target.value })}
          />
        )}
      </Field>
      {failure}
      {onOther ? (
        <Button size="large" className="h-12 text-base" onClick={onOther}>
          {t("otherTime")}
        </Button>
      ) : (
        <Button type="submit" size="large" className="h-12 text-base" isBusy={isSending}>
          {isSending ? t("sending") : needsApproval ? t("submitRequest") : t("submit")}
        </Button>
      )}
      <p className="text-muted-foreground text-xs">{t("privacy")}</p>
    </KeptForm>
  );
}
