"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { toast } from "sonner";
import { Button } from "../../components/button.tsx";
import { errorCode } from "../../trpc/error-code.ts";
import { trpc } from "../../trpc/react.ts";
import type { Appointment } from "./appointment.ts";
import { dropAppointment, patchAppointment, refreshAppointments } from "./appointment-cache.ts";
import { refusalReason } from "./refusal-reason.ts";

type Action = { label: "confirm" | "start" | "complete" | "noShow"; status: Appointment["status"] };

/** The next steps worth one click from each status; the server knows every other one. */
const nextSteps: Partial<Record<Appointment["status"], readonly Action[]>> = {
  pending: [{ label: "confirm", status: "confirmed" }],
  confirmed: [
    { label: "start", status: "in_progress" },
    { label: "noShow", status: "no_show" },
  ],
  in_progress: [{ label: "complete", status: "completed" }],
};
const cancellable = new Set<Appointment["status"]>(["held", "pending", "confirmed"]);

type StatusActionsProps = {
  appointment: Appointment;
  offerUndo: (offer: { token: string; message: string }) => void;
  onCancelled: () => void;
};

/** One-click steps of an appointment's day, and its cancellation, which can be taken back. */
export function StatusActions({ appointment, offerUndo, onCancelled }: StatusActionsProps) {
  const t = useTranslations("calendar");
  const queryClient = useQueryClient();
  const { id, version } = appointment;
  const onError = (error: unknown) => {
    toast.error(refusalReason(t, errorCode(error)));
    void refreshAppointments(queryClient);
  };
  const setStatus = trpc.appointments.setStatus.useMutation({
    onSuccess: (answer) => {
      patchAppointment(queryClient, answer.appointment);
      toast.success(t("details.statusSaved"));
    },
    onError,
  });
  const cancel = trpc.appointments.cancel.useMutation({
    onSuccess: (answer) => {
      dropAppointment(queryClient, id);
      onCancelled();
      if (answer.undo) offerUndo({ token: answer.undo.token, message: t("details.cancelled") });
    },
    onError,
  });
  const isBusy = setStatus.isPending || cancel.isPending;
  return (
    <fieldset className="flex flex-wrap gap-2">
      <legend className="sr-only">{t("details.actions")}</legend>
      {nextSteps[appointment.status]?.map(({ label, status }) => (
        <Button
          key={status}
          variant="secondary"
          disabled={isBusy}
          onClick={() => setStatus.mutate({ id, version, status })}
        >
          {t(`details.${label}`)}
        </Button>
      ))}
      {cancellable.has(appointment.status) && (
        <Button
          variant="ghost"
          className="text-danger"
          disabled={isBusy}
          onClick={() => cancel.mutate({ id, version })}
        >
          {t("details.cancelAppointment")}
        </Button>
      )}
    </fieldset>
  );
}
