"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useCallback } from "react";
import { toast } from "sonner";
import { errorCode } from "../../trpc/error-code.ts";
import { trpc } from "../../trpc/react.ts";
import { clockTime, localDate, shortDay } from "../time/format-time.ts";
import { useViewer } from "../viewer/viewer.tsx";
import type { Appointment } from "./appointment.ts";
import {
  cachedAppointment,
  dropAppointment,
  interruptRefresh,
  patchAppointment,
  refreshAppointments,
} from "./appointment-cache.ts";
import { refusalDetails, refusalReason } from "./refusal-reason.ts";
import type { OfferUndo } from "./use-undo.tsx";

/** Where an appointment goes; instants are ISO in UTC. What is left out stays as it is. */
export type Move = {
  appointment: Appointment;
  startsAt: string;
  endsAt: string;
  providerId?: string;
  roomId?: string | null;
  force?: boolean;
  /** False: the client is not told. */
  notify?: boolean;
};

/** Refusals that somebody with the right may override. */
const forcible = new Set(["slot_taken", "outside_availability"]);

type Options = { offerUndo: OfferUndo; canForce: boolean };

/** The appointment as it will be, with its buffers, until the server answers. */
function placed({ appointment, startsAt, endsAt, providerId, roomId }: Move): Appointment {
  const shift = (instant: string, from: string, to: string) =>
    new Date(Date.parse(instant) + Date.parse(to) - Date.parse(from)).toISOString();
  return {
    ...appointment,
    startsAt,
    endsAt,
    busyFrom: shift(appointment.busyFrom, appointment.startsAt, startsAt),
    busyTo: shift(appointment.busyTo, appointment.endsAt, endsAt),
    providerId: providerId ?? appointment.providerId,
    roomId: roomId === undefined ? appointment.roomId : roomId,
  };
}

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
    ({ appointment, startsAt, endsAt, providerId, roomId }: Move) => {
      const start = clockTime({ instant: startsAt, zone });
      const isSameStart = Date.parse(startsAt) === Date.parse(appointment.startsAt);
      if (isSameStart && Date.parse(endsAt) !== Date.parse(appointment.endsAt)) {
        return t("resized", { start, end: clockTime({ instant: endsAt, zone }) });
      }
      if (isSameStart && providerId && providerId !== appointment.providerId) return t("reassigned");
      if (isSameStart && roomId !== undefined && roomId !== appointment.roomId) return t("roomChanged");
      const isSameDay =
        localDate({ instant: startsAt, zone }) === localDate({ instant: appointment.startsAt, zone });
      if (isSameDay) return t("moved", { time: start });
      return t("movedToDay", { date: shortDay({ instant: startsAt, zone, locale }), time: start });
    },
    [t, zone, locale],
  );

  const move = useCallback(
    async (request: Move): Promise<boolean> => {
      const { appointment, startsAt, endsAt, providerId, roomId, force, notify } = request;
      const interrupted = await interruptRefresh(queryClient);
      patchAppointment(queryClient, placed(request));
      try {
        const moved = await mutateAsync({
          id: appointment.id,
          version: appointment.version,
          startsAt,
          endsAt,
          ...(providerId ? { providerId } : {}),
          ...(roomId === undefined ? {} : { roomId }),
          ...(force ? { force } : {}),
          ...(notify === false ? { notify } : {}),
        });
        patchAppointment(queryClient, moved.appointment);
        if (moved.undo) {
          offerUndo({
            token: moved.undo.token,
            message: describe(request),
            isQuiet: notify === false,
            repeatQuietly: (restored) => move({ ...request, appointment: restored, notify: false }),
          });
        }
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
        const details = refusalDetails(t, { error, zone });
        toast.error(refusalReason(t, code), {
          description: details.length > 0 ? details.join(" · ") : undefined,
          duration: 8_000,
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
    [queryClient, mutateAsync, offerUndo, describe, utils, t, canForce, zone],
  );

  return move;
}
