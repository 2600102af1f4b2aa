"use client";

import { Check, CircleCheck, Play, RotateCcw, UserX, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "../../components/button.tsx";
import { joinClasses } from "../../components/join-classes.ts";
import { isCancellable, type Step, stepsOf } from "../statuses/status-steps.ts";
import { useNow } from "../time/use-now.ts";
import { type Appointment, titleOf } from "./appointment.ts";
import type { AppointmentActions } from "./use-appointment-actions.ts";

const icons = {
  confirm: Check,
  start: Play,
  complete: CircleCheck,
  noShow: UserX,
  reopen: RotateCcw,
  cameAfterAll: RotateCcw,
} as const satisfies Record<Step, unknown>;

type StepButtonsProps = {
  appointment: Appointment;
  actions: AppointmentActions;
  /** `touch` for a phone in one hand: 44 px targets that share the line. */
  size?: "compact" | "touch";
};

/** The next steps of an appointment, one click each; its cancellation last, except in the `touch` size. */
export function StepButtons({ appointment, actions, size = "compact" }: StepButtonsProps) {
  const t = useTranslations("appointments");
  const now = useNow();
  const staff = useTranslations("staff");
  const steps = stepsOf(appointment, now);
  const isTouch = size === "touch";
  const isBusy = actions.isBusy(appointment.id);
  // On a phone the cancellation stands apart, where a thumb on its way to the next step does not meet it.
  const isCancelShown = !isTouch && isCancellable(appointment.status);
  if (steps.length === 0 && !isCancelShown) return null;
  return (
    <fieldset className={joinClasses("flex flex-wrap items-center base:gap-1.5", isTouch && "gap-2")}>
      <legend className="sr-only">{t("steps.legend", { name: titleOf(appointment, staff("busy")) })}</legend>
      {steps.map(({ step, status }, at) => {
        const Icon = icons[step];
        const isCorrection = step === "reopen" || step === "cameAfterAll";
        const isMain = at === 0 && !isCorrection;
        return (
          <Button
            key={step}
            variant={isMain && isTouch ? "primary" : isCorrection ? "ghost" : "secondary"}
            size={isTouch ? "large" : "small"}
            className={joinClasses(
              isTouch ? "flex-1" : "max-sm:h-11 max-sm:px-4 max-sm:text-sm",
              isCorrection && "text-muted-foreground",
            )}
            disabled={isBusy}
            title={t(`steps.${step}`)}
            onClick={() => actions.setStatus(appointment, status)}
          >
            <Icon aria-hidden />
            <span>{t(`steps.${step}`)}</span>
          </Button>
        );
      })}
      {isCancelShown && (
        <Button
          variant="ghost"
          size="small"
          className="text-muted-foreground hover:bg-danger/10 hover:text-danger focus-visible:text-danger max-sm:h-11 max-sm:px-4 max-sm:text-sm"
          disabled={isBusy}
          aria-label={t("steps.cancelAppointment")}
          title={t("steps.cancelAppointment")}
          onClick={() => actions.cancel(appointment)}
        >
          <X aria-hidden />
          <span>{t("steps.cancel")}</span>
        </Button>
      )}
    </fieldset>
  );
}
