"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { toast } from "sonner";
import { Button } from "../../components/button.tsx";
import { errorCode } from "../../trpc/error-code.ts";
import { trpc } from "../../trpc/react.ts";
import { isCancellable, stepsOf } from "../statuses/status-steps.ts";
import { useNow } from "../time/use-now.ts";
import type { Appointment } from "./appointment.ts";
import { patchAppointment, refreshAppointments } from "./appointment-cache.ts";
import { refusalReason } from "./refusal-reason.ts";

type StatusActionsProps = { appointment: Appointment; onCancel: () => void };

/** One-click steps of an appointment's day, and its cancellation, which can be taken back. */
export function StatusActions({ appointment, onCancel }: StatusActionsProps) {
  const t = useTranslations("calendar");
  const steps = useTranslations("appointments.steps");
  const now = useNow();
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
  const offered = stepsOf(appointment, now);
  if (offered.length === 0 && !isCancellable(appointment.status)) return null;
  return (
    <fieldset className="flex flex-wrap gap-2">
      <legend className="sr-only">{t("details.actions")}</legend>
      {offered.map(({ step, status }) => (
        <Button
          key={step}
          variant="secondary"
          disabled={setStatus.isPending}
          onClick={() => setStatus.mutate({ id, version, status })}
        >
          {steps(step)}
        </Button>
      ))}
      {isCancellable(appointment.status) && (
        <Button variant="ghost" className="text-danger" disabled={setStatus.isPending} onClick={onCancel}>
          {t("details.cancelAppointment")}
        </Button>
      )}
    </fieldset>
  );
}
