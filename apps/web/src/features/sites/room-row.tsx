"use client";

import { updateRoomInput } from "@creneau/api/directory/schema";
import { Archive, ArchiveRestore, Check, Pencil, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, type KeyboardEvent, useRef, useState } from "react";
import { toast } from "sonner";
import { Badge } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import { Input } from "../../components/input.tsx";
import { type Outputs, trpc } from "../../trpc/react.ts";
import { useFieldError } from "../directory/use-field-error.ts";
import { useRefusal } from "../directory/use-refusal.ts";
import { ArchiveDialog } from "../settings/archive-dialog.tsx";
import { useDirectoryRefresh } from "../settings/use-directory-refresh.ts";

type Room = Outputs["directory"]["rooms"]["list"]["items"][number];

const iconButton = "text-muted-foreground hover:text-foreground max-sm:size-11";

/** One room: its name, which can be changed in place, and the way to the archive and back. */
export function RoomRow({ room, canChange }: { room: Room; canChange: boolean }) {
  const t = useTranslations("sites.rooms");
  const staff = useTranslations("staff");
  const { tell } = useRefusal();
  const refresh = useDirectoryRefresh();
  const [isRenaming, setIsRenaming] = useState(false);
  const [isAsking, setIsAsking] = useState(false);
  const isArchived = room.archivedAt !== null;
  const archive = trpc.directory.rooms.archive.useMutation({
    onSuccess: ({ archivedAt }) => {
      setIsAsking(false);
      toast.success(archivedAt ? t("archived", { name: room.name }) : t("restored", { name: room.name }));
      void refresh();
    },
    onError: (error) => !isAsking && tell(error),
  });
  if (isRenaming) return <RenameRoom room={room} onDone={() => setIsRenaming(false)} />;
  return (
    <li className="flex min-h-11 items-center gap-2 py-1">
      <span className={`min-w-0 flex-1 truncate ${isArchived ? "text-muted-foreground" : ""}`}>
        {room.name}
      </span>
      {isArchived && <Badge>{staff("archived")}</Badge>}
      {canChange && isArchived && (
        <Button
          variant="ghost"
          size="icon"
          className={iconButton}
          aria-label={t("restore", { name: room.name })}
          title={t("restore", { name: room.name })}
          disabled={archive.isPending}
          onClick={() => archive.mutate({ id: room.id, archived: false })}
        >
          <ArchiveRestore />
        </Button>
      )}
      {canChange && !isArchived && (
        <>
          <Button
            variant="ghost"
            size="icon"
            className={iconButton}
            aria-label={t("rename", { name: room.name })}
            title={t("rename", { name: room.name })}
            onClick={() => setIsRenaming(true)}
          >
            <Pencil />
          </Button>
          <Button
            variant="ghost"
            size="icon"
            className={iconButton}
            aria-label={t("archive", { name: room.name })}
            title={t("archive", { name: room.name })}
            onClick={() => {
              archive.reset();
              setIsAsking(true);
            }}
          >
            <Archive />
          </Button>
        </>
      )}
      {isAsking && (
        <ArchiveDialog
          name={room.name}
          consequence={t("archiveConsequence")}
          appointmentsHref={`/dashboard/appointments?site=${room.siteId}`}
          mutation={archive}
          onClose={() => setIsAsking(false)}
          onConfirm={() => archive.mutate({ id: room.id, archived: true })}
        />
      )}
    </li>
  );
}

function RenameRoom({ room, onDone }: { room: Room; onDone: () => void }) {
  const t = useTranslations("sites.rooms");
  const staff = useTranslations("staff");
  const common = useTranslations("common");
  const fieldError = useFieldError();
  const { refusal } = useRefusal();
  const refresh = useDirectoryRefresh();
  const errorId = `${room.id}-error`;
  const input = useRef<HTMLInputElement | null>(null);
  const [name, setName] = useState(room.name);
  const [error, setError] = useState<string | null>(null);
  const update = trpc.directory.rooms.update.useMutation({
    onSuccess: async () => {
      await refresh();
      onDone();
    },
    onError: (failure) => setError(refusal(failure)),
  });

  function save(event: FormEvent) {
    event.preventDefault();
    if (name.trim() === room.name) return onDone();
    const read = updateRoomInput.safeParse({ id: room.id, name });
    if (read.success) return update.mutate(read.data);
    setError(fieldError({ message: "required" }) ?? null);
    input.current?.focus();
  }

  return (
    <li className="py-1">
      <form
        noValidate
        className="flex items-center gap-2"
        onSubmit={save}
        onKeyDown={(event: KeyboardEvent) => event.key === "Escape" && onDone()}
      >
        <Input
          ref={(element) => {
            if (element && !input.current) element.select();
            input.current = element;
          }}
          className="min-w-0 flex-1 max-sm:h-11 sm:max-w-xs"
          aria-label={t("rename", { name: room.name })}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? errorId : undefined}
          value={name}
          maxLength={200}
          autoComplete="off"
          onChange={(event) => setName(event.target.value)}
        />
        <Button
          type="submit"
          size="icon"
          className="max-sm:size-11"
          aria-label={staff("save")}
          disabled={update.isPending}
        >
          <Check />
        </Button>
        <Button
          variant="ghost"
          size="icon"
          className="max-sm:size-11"
          aria-label={common("cancel")}
          onClick={onDone}
        >
          <X />
        </Button>
      </form>
      {error && (
        <p id={errorId} role="alert" className="mt-1 text-danger text-xs">
          {error}
        </p>
      )}
    </li>
  );
}
