"use client";

import { Lock, Trash2 } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useRef } from "react";
import { toast } from "sonner";
import { Button } from "../../components/button.tsx";
import { Skeleton } from "../../components/skeleton.tsx";
import { errorCode } from "../../trpc/error-code.ts";
import { trpc } from "../../trpc/react.ts";
import { useViewer } from "../shell/viewer.tsx";
import { dayAndTime } from "./format-time.ts";
import { refusalReason } from "./refusal-reason.ts";

/** Notes of an appointment, newest first; what is written here is internal unless it is shared on purpose. */
export function AppointmentNotes({ appointmentId, canWrite }: { appointmentId: string; canWrite: boolean }) {
  const t = useTranslations("calendar");
  const locale = useLocale();
  const zone = useViewer().organization.timezone;
  const form = useRef<HTMLFormElement>(null);
  const utils = trpc.useUtils();
  const notes = trpc.notes.list.useQuery({ appointmentId });
  const refresh = () => utils.notes.list.invalidate({ appointmentId });
  const onError = (error: unknown) => toast.error(refusalReason(t, errorCode(error)));
  const add = trpc.notes.add.useMutation({
    onSuccess: () => {
      form.current?.reset();
      void refresh();
    },
    onError,
  });
  const remove = trpc.notes.remove.useMutation({ onSuccess: refresh, onError });

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const body = String(fields.get("body")).trim();
    if (body) add.mutate({ appointmentId, kind: fields.has("shared") ? "shared" : "internal", body });
  }

  return (
    <section aria-labelledby="notes-heading" className="flex flex-col gap-2.5">
      <h3 id="notes-heading" className="font-semibold">
        {t("notes.title")}
      </h3>
      {notes.isPending && <Skeleton className="h-8" />}
      <ul className="flex flex-col gap-2">
        {notes.data?.items.map((note) => (
          <li key={note.id} className="rounded-md border bg-background px-3 py-2">
            <p className="whitespace-pre-wrap break-words">{note.body}</p>
            <p className="mt-1 flex items-center gap-1.5 text-muted-foreground text-xs">
              {note.kind === "internal" && <Lock aria-hidden className="size-3 shrink-0" />}
              <span className="min-w-0 truncate">
                {[
                  t(`notes.kinds.${note.kind}`),
                  note.author?.name,
                  dayAndTime({ instant: note.createdAt, zone, locale }),
                ]
                  .filter(Boolean)
                  .join(" · ")}
              </span>
              {note.canChange && (
                <Button
                  variant="ghost"
                  size="icon"
                  className="-my-2 -mr-2 ml-auto"
                  aria-label={t("notes.remove")}
                  disabled={remove.isPending}
                  onClick={() => remove.mutate({ id: note.id })}
                >
                  <Trash2 />
                </Button>
              )}
            </p>
          </li>
        ))}
      </ul>
      {canWrite && (
        <form ref={form} onSubmit={submit} className="flex flex-col gap-2">
          <textarea
            name="body"
            rows={2}
            maxLength={5000}
            required
            aria-label={t("notes.placeholder")}
            placeholder={t("notes.placeholder")}
            className="w-full rounded-md border border-border-strong/60 bg-surface px-3 py-2 placeholder:text-muted-foreground"
          />
          <div className="flex items-center justify-between gap-2">
            <label className="flex items-center gap-2 text-muted-foreground text-xs">
              <input type="checkbox" name="shared" className="size-4 accent-accent" />
              {t("notes.share")}
            </label>
            <Button type="submit" variant="secondary" disabled={add.isPending}>
              {t("notes.add")}
            </Button>
          </div>
        </form>
      )}
    </section>
  );
}
