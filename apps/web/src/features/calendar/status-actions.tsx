"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { toast } from "sonner";
import { Button } from "../../components/button.tsx";
import { errorCode } from "../../trpc/error-code.ts";
import { trpc } from "../../trpc/react.ts";
import type { Appointment } from "./appointment.ts";
import { patchAppointment, refreshAppointments } from "./appointment-cache.ts";
import { refusalReason } from "./refusal-reason.ts";
import { isCancellable } from "./use-cancel-appointment.ts";

type Action = {
  label: "confirm" | "start" | "complete" | "noShow" | "reopen";
  status: Appointment["status"];
};

/** The next steps worth one click from each status; the server knows every other one. */
const nextSteps: Partial<Record<Appointment["status"], readonly Action[]>> = {
  pending: [{ label: "confirm", status: "confirmed" }],
  confirmed: [
    { label: "start", status: "in_progress" },
    { label: "complete", status: "completed" },
    { label: "noShow", status: "no_show" },
  ],
  in_progress: [{ label: "complete", status: "completed" }],
  completed: [{ label: "reopen", status: "confirmed" }],
  no_show: [{ label: "reopen", status: "confirmed" }],
};

type StatusActionsProps = { appointment: Appointment; onCancel: () => void };

/** One-click steps of an appointment's day, and its cancellation, which can be taken back. */
export function StatusActions({ appointment, onCancel }: StatusActionsProps) {
  const t = useTranslations("calendar");
  const queryClient = useQueryClient();
  const { id, version } = appointment;
  const setStatus = trpc.appointments.setStatus.useMutation({
    onSuccess: (answer) => {
      patchAppointment(queryClient, answer.appointment);
      toast.success(t("details.statusSaved"));
    },
    onError: (error) => {
      toast.error(refusalReason(t, errorCode(error)));
      void refreshAppointments(queryClient);
    },
  });
  const hasBegun = Date.parse(appointment.startsAt) <= Date.now();
  // Nobody has failed to come before the time has come.
  const steps = nextSteps[appointment.status]?.filter(({ status }) => status !== "no_show" || hasBegun);
  return (
    <fieldset className="flex flex-wrap gap-2">
      <legend className="sr-only">{t("details.actions")}</legend>
      {steps?.map(({ label, status }) => (
        <Button
          key={status}
          variant="secondary"
          disabled={setStatus.isPending}
          onClick={() => setStatus.mutate({ id, version, status })}
        >
          {t(`details.${label}`)}
        </Button>
      ))}
      {isCancellable(appointment) && (
        <Button variant="ghost" className="text-danger" disabled={setStatus.isPending} onClick={onCancel}>
          {t("details.cancelAppointment")}
        </Button>
      )}
    </fieldset>
  );
}
