"use client";

import { useTranslations } from "next-intl";
import { CopyField } from "../../components/copy-field.tsx";
import { Dialog, DialogContent } from "../../components/dialog.tsx";

type HandedLinkDialogProps = { email: string; link: string; onClose: () => void };

/** The link of an invitation that no mail carries, told this once. */
export function HandedLinkDialog({ email, link, onClose }: HandedLinkDialogProps) {
  const t = useTranslations("members.invitation");
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent title={t("linkTitle")} description={t("linkLead", { email })}>
        <CopyField label={t("link")} value={link} />
      </DialogContent>
    </Dialog>
  );
}
