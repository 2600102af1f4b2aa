"use client";

import { Eye, Lock, Trash2 } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { Badge } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import { Dialog, DialogContent } from "../../components/dialog.tsx";
import { joinClasses } from "../../components/join-classes.ts";
import { Skeleton } from "../../components/skeleton.tsx";
import { Textarea } from "../../components/textarea.tsx";
import { errorCode } from "../../trpc/error-code.ts";
import { type Outputs, trpc } from "../../trpc/react.ts";
import { RetryLine } from "../directory/query-state.tsx";
import { useRefusal } from "../directory/use-refusal.ts";
import { dayAndTime } from "../time/format-time.ts";
import { useViewer } from "../viewer/viewer.tsx";

type Note = Outputs["notes"]["list"]["items"][number];

/** Notes of an appointment. Internal and shared ones look apart, so that nobody writes to the wrong reader. */
export function NoteList({ appointmentId, canWrite }: { appointmentId: string; canWrite: boolean }) {
  const t = useTranslations("notes");
  const common = useTranslations("common");
  const { tell } = useRefusal();
  const utils = trpc.useUtils();
  const [asked, setAsked] = useState<{ note: Note; action: "share" | "remove" } | null>(null);
  const list = trpc.notes.list.useQuery(
    { appointmentId },
    // Notes of colleagues are no change of the appointment, which is what the live line tells of.
    { refetchInterval: 15_000 },
  );
  const settled = {
    onError: tell,
    onSettled: () => {
      setAsked(null);
      void utils.notes.list.invalidate({ appointmentId });
    },
  };
  const share = trpc.notes.share.useMutation(settled);
  const remove = trpc.notes.remove.useMutation(settled);
  if (list.isError) {
    if (errorCode(list.error) === "forbidden") return <p className="text-muted-foreground">{t("hidden")}</p>;
    return <RetryLine onRetry={() => void list.refetch()} />;
  }
  return (
    <div>
      {list.isPending && <Skeleton className="h-16" />}
      {list.data?.items.length === 0 && <p className="mb-3 text-muted-foreground">{t("none")}</p>}
      <ul className="mb-3 flex flex-col gap-2 empty:hidden">
        {list.data?.items.map((note) => (
          <NoteItem key={note.id} note={note} onAsk={(action) => setAsked({ note, action })} />
        ))}
      </ul>
      {canWrite && <NoteForm appointmentId={appointmentId} />}
      {asked && (
        <Dialog open onOpenChange={(open) => !open && setAsked(null)}>
          <DialogContent title={asked.action === "share" ? t("shareQuestion") : t("removeQuestion")}>
            <p className="mb-4 whitespace-pre-wrap rounded-lg border bg-muted p-3">{asked.note.body}</p>
            <div className="flex justify-end gap-2">
              <Button variant="ghost" onClick={() => setAsked(null)}>
                {common("cancel")}
              </Button>
              <Button
                variant={asked.action === "share" ? "primary" : "danger"}
                disabled={share.isPending || remove.isPending}
                onClick={() => (asked.action === "share" ? share : remove).mutate({ id: asked.note.id })}
              >
                {asked.action === "share" ? t("confirmShare") : t("confirmRemove")}
              </Button>
            </div>
          </DialogContent>
        </Dialog>
      )}
    </div>
  );
}

function NoteItem({ note, onAsk }: { note: Note; onAsk: (action: "share" | "remove") => void }) {
  const t = useTranslations("notes");
  const locale = useLocale();
  const zone = useViewer().organization.timezone;
  const author =
    note.author?.kind === "client"
      ? t("byClient", { name: note.author.name })
      : (note.author?.name ?? t("product"));
  return (
    <li
      className={joinClasses(
        "rounded-lg border p-3",
        note.kind === "internal" && "border-warning/40 border-dashed bg-warning/8",
        note.kind === "shared" && "border-accent/40 bg-accent/6",
        note.kind === "system" && "bg-muted",
      )}
    >
      <div className="mb-1 flex flex-wrap items-center gap-2 text-xs">
        <Badge tone={note.kind === "internal" ? "warning" : note.kind === "shared" ? "accent" : "neutral"}>
          {note.kind === "internal" && <Lock aria-hidden />}
          {note.kind === "shared" && <Eye aria-hidden />}
          {t(note.kind)}
        </Badge>
        <span className="font-medium">{author}</span>
        <time dateTime={note.createdAt} className="text-muted-foreground">
          {dayAndTime({ instant: note.createdAt, zone, locale })}
        </time>
        {note.canChange && (
          <span className="ml-auto flex gap-1">
            {note.kind === "internal" && (
              <Button size="small" variant="ghost" onClick={() => onAsk("share")}>
                <Eye aria-hidden />
                {t("share")}
              </Button>
            )}
            <Button size="small" variant="ghost" aria-label={t("remove")} onClick={() => onAsk("remove")}>
              <Trash2 aria-hidden />
            </Button>
          </span>
        )}
      </div>
      <p className="whitespace-pre-wrap break-words">{note.body}</p>
    </li>
  );
}

function NoteForm({ appointmentId }: { appointmentId: string }) {
  const t = useTranslations("notes");
  const { tell } = useRefusal();
  const utils = trpc.useUtils();
  const [kind, setKind] = useState<"internal" | "shared">("internal");
  const [body, setBody] = useState("");
  const add = trpc.notes.add.useMutation({
    onSuccess: () => {
      setBody("");
      // Back to the reader that cannot leak.
      setKind("internal");
      void utils.notes.list.invalidate({ appointmentId });
    },
    onError: tell,
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (body.trim()) add.mutate({ appointmentId, kind, body });
      }}
      className={joinClasses(
        "flex flex-col gap-2 rounded-lg border p-3",
        kind === "internal" ? "border-warning/40 border-dashed bg-warning/8" : "border-accent/50 bg-accent/6",
      )}
    >
      <Textarea
        aria-label={t("write")}
        placeholder={t("write")}
        maxLength={5000}
        value={body}
        onChange={(event) => setBody(event.target.value)}
      />
      <div className="flex flex-wrap items-center justify-between gap-2">
        <fieldset className="flex flex-wrap gap-x-4 gap-y-1">
          <legend className="sr-only">{t("visibility")}</legend>
          {(["internal", "shared"] as const).map((each) => (
            <label key={each} className="flex min-h-7 cursor-pointer items-center gap-1.5">
              <input
                type="radio"
                name="note-kind"
                className="accent-accent"
                checked={kind === each}
                onChange={() => setKind(each)}
              />
              {each === "internal" ? t("internalChoice") : t("sharedChoice")}
            </label>
          ))}
        </fieldset>
        <Button type="submit" disabled={add.isPending || !body.trim()}>
          {kind === "internal" ? <Lock aria-hidden /> : <Eye aria-hidden />}
          {kind === "internal" ? t("addInternal") : t("addShared")}
        </Button>
      </div>
    </form>
  );
}
