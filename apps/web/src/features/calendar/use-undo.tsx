"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useCallback, useRef } from "react";
import { toast } from "sonner";
import { trpc } from "../../trpc/react.ts";
import { useViewer } from "../viewer/viewer.tsx";
import type { Appointment } from "./appointment.ts";
import { patchAppointment, refreshAppointments } from "./appointment-cache.ts";
import { UndoToast } from "./undo-toast.tsx";

type Offer = {
  token: string;
  message: string;
  /** The change was made without telling the client. */
  isQuiet?: boolean;
  /** Makes the same change again, from the restored appointment, without telling the client. */
  repeatQuietly?: (restored: Appointment) => Promise<boolean>;
};
export type OfferUndo = (offer: Offer) => void;
type Pending = Offer & { expiresAt: number; toastId: string | number };

/** Offers to take a change back, by the toast's button or by Ctrl+Z, as long as the server accepts it. */
export function useUndo() {
  const t = useTranslations("calendar");
  const queryClient = useQueryClient();
  const { organization } = useViewer();
  const pending = useRef<Pending | null>(null);
  const { mutateAsync } = trpc.appointments.undo.useMutation();

  const takeBack = useCallback(async (): Promise<{ last: Pending; restored: Appointment } | null> => {
    const last = pending.current;
    pending.current = null;
    if (!last || Date.now() >= last.expiresAt) return null;
    toast.dismiss(last.toastId);
    try {
      const { appointment } = await mutateAsync({ token: last.token });
      return { last, restored: appointment };
    } catch {
      toast.error(t("undoTooLate"));
      void refreshAppointments(queryClient);
      return null;
    }
  }, [mutateAsync, queryClient, t]);

  /** Takes back the last change, if one is still open. */
  const undoLast = useCallback(async () => {
    const done = await takeBack();
    if (!done) return;
    patchAppointment(queryClient, done.restored);
    toast.success(t("undone"));
  }, [takeBack, queryClient, t]);

  /**
   * The change stays and its notice is retracted. The notice is due only when the undo window closes, so the change is
   * taken back and made again without one; on screen nothing moves.
   */
  const quietLast = useCallback(async () => {
    const done = await takeBack();
    if (!done?.last.repeatQuietly) return;
    if (!(await done.last.repeatQuietly(done.restored))) patchAppointment(queryClient, done.restored);
  }, [takeBack, queryClient]);

  const offerUndo = useCallback<OfferUndo>(
    (offer) => {
      // Counted from the answer, not from the server's clock: the two may disagree.
      const expiresAt = Date.now() + organization.undoSeconds * 1000 - 300;
      if (pending.current) toast.dismiss(pending.current.toastId);
      const toastId = toast.custom(
        (id) => (
          <UndoToast
            message={offer.message}
            expiresAt={expiresAt}
            isQuiet={offer.isQuiet ?? false}
            onUndo={() => void undoLast()}
            onQuiet={offer.repeatQuietly ? () => void quietLast() : undefined}
            onExpire={() => toast.dismiss(id)}
          />
        ),
        { duration: Number.POSITIVE_INFINITY },
      );
      pending.current = { ...offer, expiresAt, toastId };
    },
    [organization.undoSeconds, undoLast, quietLast],
  );

  return { offerUndo, undoLast };
}
