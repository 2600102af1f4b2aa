"use client";

import { useTranslations } from "next-intl";
import { Button } from "../../components/button.tsx";
import { Dialog, DialogContent } from "../../components/dialog.tsx";

/** Why the last owner's seat stays where it is, and what to do first. */
export function LastOwnerNotice({ description, onClose }: { description: string; onClose: () => void }) {
  const t = useTranslations("members.lastOwner");
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent title={t("title")} description={description}>
        <div className="flex justify-end">
          <Button className="max-sm:h-11" onClick={onClose}>
            {t("ok")}
          </Button>
        </div>
      </DialogContent>
    </Dialog>
  );
}
