"use client";

import { type ReactNode, useLayoutEffect, useState } from "react";
import { Button } from "../../components/button.tsx";
import { Field } from "../../components/field.tsx";
import { Input } from "../../components/input.tsx";
import { KeptForm } from "../../components/kept-form.tsx";
import { useTranslations } from "../../components/words.tsx";
import { ContactFields } from "../booking/contact-fields.tsx";
import type { Draft } from "../booking/use-draft.ts";
import { useFirstInvalid } from "../booking/use-first-invalid.ts";
import { addDays } from "../time/local-date.ts";
import { type DayPart, dayParts } from "./day-part.ts";
import { type JoinErrors, joinErrors } from "./join-errors.ts";
import { PartChoice } from "./part-choice.tsx";

export interface WishTimes {
  fromDate: string;
  toDate: string;
  startMinute: number;
  endMinute: number;
}

interface JoinFormProps {
  draft: Draft;
  onDraft: (changes: Partial<Draft>) => void;
  /** At the site. */
  today: string;
  /** What the server refused, by field. */
  refused: JoinErrors;
  failure: ReactNode;
  /** What is being done; null: nothing. */
  sending: string | null;
  onSubmit: (times: WishTimes) => void;
}

const large = "h-11 text-base";
const weeks = 4;

/** Which days, what time of day, and whom to write to. */
export function JoinForm({ draft, onDraft, today, refused, failure, sending, onSubmit }: JoinFormProps) {
  const t = useTranslations("waitlist.join");
  const details = useTranslations("booking.details");
  const { form, focusInvalid } = useFirstInvalid(refused);
  const [wasTried, setWasTried] = useState(false);
  const [fromDate, setFrom] = useState(today);
  const [toDate, setTo] = useState(addDays(today, 7 * weeks));
  const [part, setPart] = useState<DayPart>("day");
  const typed = { ...draft, fromDate, toDate };
  const errors = { ...refused, ...(wasTried ? joinErrors(typed, today) : {}) };
  const contactError = (field: "name" | "email" | "phone") => {
    const error = errors[field];
    return error === "emailMissing" ? t("error.emailMissing") : error && details(`error.${error}`);
  };
  const dateError = (field: "fromDate" | "toDate") => errors[field] && t(`error.${errors[field]}`);

  // What was chosen before the script was there.
  useLayoutEffect(() => {
    if (!form.current) return;
    const early = new FormData(form.current);
    setFrom(String(early.get("from")));
    setTo(String(early.get("to")));
    setPart(early.get("part") as DayPart);
  }, [form]);

  function submit() {
    setWasTried(true);
    if (Object.keys(joinErrors(typed, today)).length === 0)
      return onSubmit({ fromDate, toDate, ...dayParts[part] });
    focusInvalid();
  }

  return (
    <KeptForm
      ref={form}
      onSubmit={submit}
      className="flex flex-col gap-5"
      aria-busy={sending !== null}
      data-join
    >
      <fieldset>
        <legend className="sr-only">{t("days")}</legend>
        <div className="grid grid-cols-2 items-start gap-3">
          <Field label={t("from")} error={dateError("fromDate")}>
            {(control) => (
              <Input
                {...control}
                className={large}
                type="date"
                name="from"
                required
                min={today}
                value={fromDate}
                onChange={({ target }) => setFrom(target.value)}
              />
            )}
          </Field>
          <Field label={t("to")} error={dateError("toDate")}>
            {(control) => (
              <Input
                {...control}
                className={large}
                type="date"
                name="to"
                required
                min={fromDate || today}
                value={toDate}
                onChange={({ target }) => setTo(target.value)}
              />
            )}
          </Field>
        </div>
      </fieldset>
      <PartChoice legend={t("times")} value={part} onChange={setPart} />
      <ContactFields
        draft={draft}
        onDraft={onDraft}
        error={contactError}
        isEmailRequired
        {...(!errors.email && { emailHint: t("emailHint") })}
        phone={{ label: t("phone") }}
      />
      {failure}
      <Button type="submit" size="large" className="h-12 text-base" isBusy={sending !== null}>
        {sending ?? t("submit")}
      </Button>
      <p className="text-muted-foreground text-xs">{t("privacy")}</p>
    </KeptForm>
  );
}
