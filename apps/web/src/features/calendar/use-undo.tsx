"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useCallback, useRef } from "react";
import { toast } from "sonner";
import { trpc } from "../../trpc/react.ts";
import { useViewer } from "../shell/viewer.tsx";
import { patchAppointment, refreshAppointments } from "./appointment-cache.ts";
import { UndoToast } from "./undo-toast.tsx";

type Pending = { token: string; expiresAt: number; toastId: string | number };

/** Offers to take a change back, by the toast's button or by Ctrl+Z, as long as the server accepts it. */
export function useUndo() {
  const t = useTranslations("calendar");
  const queryClient = useQueryClient();
  const { organization } = useViewer();
  const pending = useRef<Pending | null>(null);

  const { mutate } = trpc.appointments.undo.useMutation({
    onSuccess: ({ appointment }) => {
      patchAppointment(queryClient, appointment);
      toast.success(t("undone"));
    },
    onError: () => {
      toast.error(t("undoTooLate"));
      void refreshAppointments(queryClient);
    },
  });

  /** Takes back the last change, if one is still open. */
  const undoLast = useCallback(() => {
    const last = pending.current;
    pending.current = null;
    if (!last || Date.now() >= last.expiresAt) return;
    toast.dismiss(last.toastId);
    mutate({ token: last.token });
  }, [mutate]);

  const offerUndo = useCallback(
    ({ token, message }: { token: string; message: string }) => {
      // Counted from the answer, not from the server's clock: the two may disagree.
      const expiresAt = Date.now() + organization.undoSeconds * 1000 - 300;
      if (pending.current) toast.dismiss(pending.current.toastId);
      const toastId = toast.custom(
        (id) => (
          <UndoToast
            message={message}
            expiresAt={expiresAt}
            onUndo={undoLast}
            onExpire={() => toast.dismiss(id)}
          />
        ),
        { duration: Number.POSITIVE_INFINITY },
      );
      pending.current = { token, expiresAt, toastId };
    },
    [organization.undoSeconds, undoLast],
  );

  return { offerUndo, undoLast };
}
