"use client";

import { useTranslations } from "next-intl";
import { toast } from "sonner";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { trpc } from "../../trpc/react.ts";
import { useRefusal } from "../directory/use-refusal.ts";
import type { Entry } from "./entry.ts";

/** Asks before somebody is taken off the list: a place kept for them goes back. */
export function RemoveDialog({ entry, onClose }: { entry: Entry; onClose: () => void }) {
  const t = useTranslations("waitlistStaff.remove");
  const { tell } = useRefusal();
  const utils = trpc.useUtils();
  const remove = trpc.waitlist.remove.useMutation({
    onSuccess: () => void toast.success(t("done", { name: entry.name })),
    onError: tell,
    onSettled: () => {
      void utils.waitlist.list.invalidate();
      onClose();
    },
  });
  return (
    <ConfirmDialog
      title={t("question", { name: entry.name })}
      description={entry.state === "offered" ? t("descriptionOffered") : t("description")}
      action={t("action")}
      isDanger
      isBusy={remove.isPending}
      onConfirm={() => remove.mutate({ id: entry.id })}
      onClose={onClose}
    />
  );
}
