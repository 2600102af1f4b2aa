"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { errorCode } from "../../trpc/error-code.ts";
import { trpc } from "../../trpc/react.ts";
import { useRefusal } from "../directory/use-refusal.ts";
import { LastOwnerNotice } from "./last-owner-notice.tsx";
import type { Member } from "./member.ts";

type RemoveDialogProps = { member: Member; isOnlyOwner: boolean; onClose: () => void };

/** Takes somebody's seat away, after saying what goes and what stays. */
export function RemoveDialog({ member, isOnlyOwner, onClose }: RemoveDialogProps) {
  const t = useTranslations("members");
  const { tell } = useRefusal();
  const utils = trpc.useUtils();
  const [isLastOwner, setIsLastOwner] = useState(isOnlyOwner);
  const { name, providerId } = member;
  const remove = trpc.members.remove.useMutation({
    onSuccess: async () => {
      await utils.members.list.invalidate();
      void utils.directory.providers.invalidate();
      toast.success(t("removal.done", { name }));
      onClose();
    },
    onError: (error) => (errorCode(error) === "in_use" ? setIsLastOwner(true) : tell(error)),
  });
  if (isLastOwner)
    return <LastOwnerNotice description={t("lastOwner.removal", { name })} onClose={onClose} />;
  return (
    <ConfirmDialog
      title={t("removal.title", { name })}
      description={t("removal.lead")}
      action={t("removal.action")}
      isDanger
      isBusy={remove.isPending}
      onConfirm={() => remove.mutate({ id: member.id })}
      onClose={onClose}
    >
      {providerId && <p className="mb-4">{t("removal.provider")}</p>}
    </ConfirmDialog>
  );
}
