"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "./button.tsx";
import { Dialog, DialogContent } from "./dialog.tsx";

type ConfirmDialogProps = {
  title: string;
  description: string;
  /** What the button does, as a verb. */
  action: string;
  isDanger?: boolean;
  isBusy?: boolean;
  onConfirm: () => void;
  onClose: () => void;
  children?: ReactNode;
};

/** Asks before something that cannot be taken back. Rendered while the question is open. */
export function ConfirmDialog({
  title,
  description,
  action,
  isDanger = false,
  isBusy = false,
  onConfirm,
  onClose,
  children,
}: ConfirmDialogProps) {
  const common = useTranslations("common");
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent title={title} description={description}>
        {children}
        <div className="flex flex-wrap justify-end gap-2">
          <Button variant="secondary" className="max-sm:h-11" onClick={onClose}>
            {common("cancel")}
          </Button>
          <Button
            variant={isDanger ? "danger" : "primary"}
            className="max-sm:h-11"
            disabled={isBusy}
            onClick={onConfirm}
          >
            {action}
          </Button>
        </div>
      </DialogContent>
    </Dialog>
  );
}
