"use client";

import { MessageSquare } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Button } from "../../components/button.tsx";
import { Field } from "../../components/field.tsx";
import { inputClassName } from "../../components/input.tsx";
import { joinClasses } from "../../components/join-classes.ts";
import { KeptForm } from "../../components/kept-form.tsx";
import { useLocale, useTranslations } from "../../components/words.tsx";
import { guest, type PortalView } from "../booking/guest-client.ts";
import { shortDate } from "../time/local-date.ts";
import { wallClock } from "../time/zone-clock.ts";

type Note = PortalView["bookings"][number]["notes"][number];

interface SharedNotesProps {
  notes: readonly Note[];
  portalToken: string;
  appointmentId: string;
  /** In which the day of a note is told. */
  zone: string;
  canWrite: boolean;
}

/** What the client and their host write to each other about one meeting. */
export function SharedNotes({
  notes: initial,
  portalToken,
  appointmentId,
  zone,
  canWrite,
}: SharedNotesProps) {
  const t = useTranslations("portal.notes");
  const locale = useLocale();
  const [written, setWritten] = useState<readonly Note[] | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const [isSending, setIsSending] = useState(false);
  const [hasFailed, setHasFailed] = useState(false);
  const notes = written ?? initial;
  const last = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (written) last.current?.focus();
  }, [written]);

  async function send() {
    const body = field.current?.value.trim();
    if (isSending) return;
    if (!body) return field.current?.focus();
    setIsSending(true);
    setHasFailed(false);
    try {
      const answer = await guest.mutate("addNote", { portalToken, appointmentId, body });
      setWritten(answer.notes);
      if (field.current) field.current.value = "";
    } catch {
      setHasFailed(true);
    } finally {
      setIsSending(false);
    }
  }

  return (
    <details open={notes.length > 0} className="border-t pt-1">
      <summary className="flex min-h-11 cursor-pointer items-center gap-2 rounded font-medium">
        <MessageSquare aria-hidden className="size-4 text-muted-foreground" />
        {t("title", { count: notes.length })}
      </summary>
      <ul className="flex flex-col gap-2">
        {notes.map(({ id, body, authorName, isOwn, sharedAt }) => (
          <li
            key={id}
            ref={last}
            tabIndex={-1}
            className={joinClasses("rounded-lg px-3 py-2", isOwn ? "ml-6 bg-accent/10" : "mr-6 bg-muted")}
          >
            <p className="whitespace-pre-line">{body}</p>
            <p className="text-muted-foreground text-xs">
              {isOwn ? t("you") : (authorName ?? t("host"))} ·{" "}
              {shortDate(wallClock(sharedAt, zone).date, locale)}
            </p>
          </li>
        ))}
      </ul>
      {canWrite && (
        <KeptForm onSubmit={() => void send()} className="mt-3 flex flex-col gap-2">
          <Field label={t("write")} {...(hasFailed && { error: t("failed") })}>
            {(control) => (
              <textarea
                {...control}
                rows={2}
                maxLength={4000}
                ref={field}
                className={joinClasses(inputClassName, "h-auto max-sm:h-auto! py-2 text-base")}
              />
            )}
          </Field>
          <Button type="submit" size="large" variant="secondary" className="self-start" isBusy={isSending}>
            {t("send")}
          </Button>
        </KeptForm>
      )}
    </details>
  );
}
