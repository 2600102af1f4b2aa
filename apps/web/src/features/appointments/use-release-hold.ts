"use client";

import { useTranslations } from "next-intl";
import { toast } from "sonner";
import { isGone } from "../../trpc/error-code.ts";
import { trpc } from "../../trpc/react.ts";
import { useRefusal } from "../directory/use-refusal.ts";

/** Frees a time that somebody holds; one that is free already needs no word. `onFreed` hears of both. */
export function useReleaseHold(onFreed: (id: string) => void = () => undefined) {
  const t = useTranslations("appointments.held");
  const { tell } = useRefusal();
  const utils = trpc.useUtils();
  return trpc.appointments.releaseHold.useMutation({
    onSuccess: (_answer, { id }) => {
      toast.success(t("released"), { id: `released-${id}` });
      onFreed(id);
    },
    onError: (error, { id }) => (isGone(error) ? onFreed(id) : tell(error)),
    onSettled: () => void utils.appointments.invalidate(),
  });
}
