"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useCallback } from "react";
import { toast } from "sonner";
import { errorCode } from "../../trpc/error-code.ts";
import { trpc } from "../../trpc/react.ts";
import { useViewer } from "../shell/viewer.tsx";
import type { Appointment } from "./appointment.ts";
import {
  cachedAppointment,
  dropAppointment,
  interruptRefresh,
  patchAppointment,
  refreshAppointments,
} from "./appointment-cache.ts";
import { clockTime, localDate, shortDay } from "./format-time.ts";
import { refusalReason } from "./refusal-reason.ts";

/** Where an appointment goes; instants are ISO in UTC. */
export type Move = {
  appointment: Appointment;
  startsAt: string;
  endsAt: string;
  providerId?: string;
  force?: boolean;
};

/** Refusals that somebody with the right may override. */
const forcible = new Set(["slot_taken", "outside_availability"]);

type Options = { offerUndo: (offer: { token: string; message: string }) => void; canForce: boolean };

/** Moves or resizes: shown at once, put back with the reason if the server refuses. */
export function useMoveAppointment({ offerUndo, canForce }: Options) {
  const t = useTranslations("calendar");
  const locale = useLocale();
  const queryClient = useQueryClient();
  const utils = trpc.useUtils();
  const { organization } = useViewer();
  const { mutateAsync } = trpc.appointments.move.useMutation();
  const zone = organization.timezone;

  const describe = useCallback(
    ({ appointment, startsAt, endsAt }: Move) => {
      const start = clockTime({ instant: startsAt, zone });
      if (Date.parse(startsAt) === Date.parse(appointment.startsAt) && endsAt !== appointment.endsAt) {
        return t("resized", { start, end: clockTime({ instant: endsAt, zone }) });
      }
      const isSameDay =
        localDate({ instant: startsAt, zone }) === localDate({ instant: appointment.startsAt, zone });
      if (isSameDay) return t("moved", { time: start });
      return t("movedToDay", { date: shortDay({ instant: startsAt, zone, locale }), time: start });
    },
    [t, zone, locale],
  );

  const move = useCallback(
    async (request: Move): Promise<boolean> => {
      const { appointment, startsAt, endsAt, providerId = appointment.providerId, force } = request;
      const interrupted = await interruptRefresh(queryClient);
      patchAppointment(queryClient, { ...appointment, startsAt, endsAt, providerId });
      try {
        const moved = await mutateAsync({
          id: appointment.id,
          version: appointment.version,
          startsAt,
          endsAt,
          providerId,
          ...(force ? { force } : {}),
        });
        patchAppointment(queryClient, moved.appointment);
        if (moved.undo) offerUndo({ token: moved.undo.token, message: describe(request) });
        return true;
      } catch (error) {
        const code = errorCode(error);
        // A newer version that arrived meanwhile must not be painted over by the old one.
        const current = cachedAppointment(queryClient, appointment.id);
        if (!current || current.version <= appointment.version) patchAppointment(queryClient, appointment);
        if (code === "version_conflict" || code === "not_found") {
          const latest = await utils.appointments.byId.fetch({ id: appointment.id }).catch(() => null);
          if (latest) patchAppointment(queryClient, latest);
          else if (code === "not_found") dropAppointment(queryClient, appointment.id);
        }
        toast.error(refusalReason(t, code), {
          duration: 6_000,
          action:
            canForce && !force && forcible.has(code)
              ? { label: t("force"), onClick: () => void move({ ...request, force: true }) }
              : undefined,
        });
        return false;
      } finally {
        if (interrupted) void refreshAppointments(queryClient);
      }
    },
    [queryClient, mutateAsync, offerUndo, describe, utils, t, canForce],
  );

  return move;
}
