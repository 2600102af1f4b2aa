"use client";

import { useTranslations } from "next-intl";
import { toast } from "sonner";
import { errorCode } from "../../trpc/error-code.ts";
import { trpc } from "../../trpc/react.ts";
import { errorReasons } from "../directory/error-details.ts";
import { useRefusal } from "../directory/use-refusal.ts";

const reasons = ["merged_on", "changed", "appointments", "subjects"] as const;

/** Takes a merge back; a refusal says what has been done since. */
export function useUndoMerge() {
  const t = useTranslations("clients.merge");
  const { tell } = useRefusal();
  const utils = trpc.useUtils();
  return trpc.directory.clients.undoMerge.useMutation({
    onSuccess: ({ records }) => {
      toast.success(t("undone", { count: records.length }));
      void utils.directory.invalidate();
      void utils.appointments.invalidate();
    },
    onError: (error) => {
      if (errorCode(error) !== "undo_refused") return tell(error);
      const sentences = errorReasons(error).map(({ code, count }) => {
        const known = reasons.find((each) => each === code);
        return known ? t(`refused.${known}`, { count: typeof count === "number" ? count : 1 }) : "";
      });
      toast.error(t("refused.title"), { description: sentences.join(" ") });
    },
  });
}
