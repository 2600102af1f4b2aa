"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { errorCode } from "../../trpc/error-code.ts";
import { trpc } from "../../trpc/react.ts";
import { useRefusal } from "../directory/use-refusal.ts";
import { useViewer } from "../viewer/viewer.tsx";
import { LastOwnerNotice } from "./last-owner-notice.tsx";

/** Gives up one's own seat here; another organization, if there is one, opens next. */
export function LeaveDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("members");
  const locale = useLocale();
  const { tell } = useRefusal();
  const { organization, providerId } = useViewer();
  const [isLastOwner, setIsLastOwner] = useState(false);
  const leave = trpc.members.leave.useMutation({
    onSuccess: () => location.assign(`/${locale}/dashboard/calendar`),
    onError: (error) => (errorCode(error) === "in_use" ? setIsLastOwner(true) : tell(error)),
  });
  const names = { organization: organization.name };
  if (isLastOwner) return <LastOwnerNotice description={t("lastOwner.leaving", names)} onClose={onClose} />;
  return (
    <ConfirmDialog
      title={t("leaving.title", names)}
      description={t("leaving.lead")}
      action={t("leaving.action")}
      isDanger
      isBusy={leave.isPending}
      onConfirm={() => leave.mutate()}
      onClose={onClose}
    >
      {providerId && <p className="mb-4">{t("leaving.provider")}</p>}
    </ConfirmDialog>
  );
}
