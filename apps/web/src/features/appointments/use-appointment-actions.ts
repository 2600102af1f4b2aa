"use client";

import { useTranslations } from "next-intl";
import { toast } from "sonner";
import { trpc } from "../../trpc/react.ts";
import { useRefusal } from "../directory/use-refusal.ts";
import { useViewer } from "../viewer/viewer.tsx";
import { type Appointment, type Status, titleOf } from "./appointment.ts";

/** One-click changes of an appointment; every list on screen is read again, and a cancellation can be taken back. */
export function useAppointmentActions() {
  const t = useTranslations("appointments");
  const staff = useTranslations("staff");
  const { undoSeconds } = useViewer().organization;
  const { tell } = useRefusal();
  const utils = trpc.useUtils();
  const settle = () => void utils.appointments.invalidate();

  const setStatus = trpc.appointments.setStatus.useMutation({
    onSuccess: ({ appointment }) => {
      const values = {
        name: titleOf(appointment, staff("busy")),
        status: staff(`statuses.${appointment.status}`),
      };
      toast.success(t("statusSaved", values), { id: `status-${appointment.id}` });
    },
    onError: tell,
    onSettled: settle,
  });
  const undo = trpc.appointments.undo.useMutation({
    onSuccess: () => toast.success(t("undone")),
    onError: tell,
    onSettled: settle,
  });
  const cancel = trpc.appointments.cancel.useMutation({
    onSuccess: ({ undo: offer }) => {
      toast.success(t("cancelled"), {
        duration: undoSeconds * 1000,
        ...(offer && { action: { label: t("undo"), onClick: () => undo.mutate({ token: offer.token }) } }),
      });
    },
    onError: tell,
    onSettled: settle,
  });

  const isBusy = (id: string) =>
    (setStatus.isPending && setStatus.variables.id === id) ||
    (cancel.isPending && cancel.variables.id === id);
  return {
    isBusy,
    setStatus: ({ id, version }: Appointment, status: Status) => setStatus.mutate({ id, version, status }),
    cancel: ({ id, version }: Appointment) => cancel.mutate({ id, version }),
  };
}

export type AppointmentActions = ReturnType<typeof useAppointmentActions>;
