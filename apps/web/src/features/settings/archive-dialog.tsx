"use client";

import { useTranslations } from "next-intl";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { Link } from "../../i18n/navigation.ts";
import { errorCode, errorDetails } from "../../trpc/error-code.ts";
import { useRefusal } from "../directory/use-refusal.ts";

type ArchiveDialogProps = {
  name: string;
  /** What is no longer possible once it is archived, and what stays. */
  consequence: string;
  /** The appointments that may stand in the way. */
  appointmentsHref: string;
  mutation: { isPending: boolean; error: unknown };
  onConfirm: () => void;
  onClose: () => void;
};

/** Asks before a row is put away, and says what stands in the way with the way to it. */
export function ArchiveDialog({
  name,
  consequence,
  appointmentsHref,
  mutation: { error, isPending },
  onConfirm,
  onClose,
}: ArchiveDialogProps) {
  const t = useTranslations("settings.archive");
  const staff = useTranslations("staff");
  const { refusal } = useRefusal();
  const blocking = errorCode(error) === "in_use" ? Number(errorDetails(error).count ?? 1) : 0;
  return (
    <ConfirmDialog
      title={t("question", { name })}
      description={consequence}
      action={staff("archive")}
      isDanger
      isBusy={isPending}
      onClose={onClose}
      onConfirm={onConfirm}
    >
      {Boolean(error) && (
        <div role="alert" className="mb-4 rounded-lg border border-danger/40 bg-danger/8 px-3 py-2">
          {blocking > 0 ? (
            <>
              <p>{t("blocked", { count: blocking })}</p>
              <Link href={appointmentsHref} className="font-medium underline underline-offset-2">
                {t("seeAppointments")}
              </Link>
            </>
          ) : (
            <p>{refusal(error)}</p>
          )}
        </div>
      )}
    </ConfirmDialog>
  );
}
