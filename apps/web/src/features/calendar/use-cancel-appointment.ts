"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { toast } from "sonner";
import { errorCode } from "../../trpc/error-code.ts";
import { trpc } from "../../trpc/react.ts";
import type { Appointment } from "./appointment.ts";
import { patchAppointment, refreshAppointments } from "./appointment-cache.ts";
import { refusalReason } from "./refusal-reason.ts";
import type { OfferUndo } from "./use-undo.tsx";

/** Cancels an appointment, and offers to take that back. True when it is cancelled. */
export function useCancelAppointment(offerUndo: OfferUndo) {
  const t = useTranslations("calendar");
  const queryClient = useQueryClient();
  const { mutateAsync } = trpc.appointments.cancel.useMutation();

  const cancel = useCallback(
    async ({ id, version }: Pick<Appointment, "id" | "version">, notify = true): Promise<boolean> => {
      try {
        const { appointment, undo } = await mutateAsync({ id, version, ...(notify ? {} : { notify }) });
        patchAppointment(queryClient, appointment);
        if (undo) {
          offerUndo({
            token: undo.token,
            message: t("details.cancelled"),
            isQuiet: !notify,
            repeatQuietly: (restored) => cancel(restored, false),
          });
        }
        return true;
      } catch (error) {
        toast.error(refusalReason(t, errorCode(error)));
        void refreshAppointments(queryClient);
        return false;
      }
    },
    [mutateAsync, queryClient, offerUndo, t],
  );
  return cancel;
}
