"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useCallback, useRef } from "react";
import { toast } from "sonner";
import { errorCode } from "../../trpc/error-code.ts";
import { trpc } from "../../trpc/react.ts";
import { clockTime, dayAndTime, localDate, shortDay } from "../time/format-time.ts";
import { useViewer } from "../viewer/viewer.tsx";
import type { Appointment } from "./appointment.ts";
import { dropAppointment, patchAppointment } from "./appointment-cache.ts";
import type { PendingMoves } from "./pending-moves.ts";
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

type Options = {
  offerUndo: OfferUndo;
  canForce: boolean;
  pending: PendingMoves;
  names: { provider: (id: string) => string; room: (id: string) => string };
};

/** Versions of one appointment that lie between two moves of this person's own, with nobody else's change among them. */
type OwnVersions = { first: number; last: number };

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

/**
 * Moves or resizes: shown at once, put back with the reason if the server refuses. The server gets the version that
 * `appointment` has: a change of somebody else's that came after it refuses the move. Only this person's own moves since
 * then count as seen, those whose answer is still on its way included.
 */
export function useMoveAppointment({ offerUndo, canForce, pending, names }: Options) {
  const t = useTranslations("calendar");
  const locale = useLocale();
  const queryClient = useQueryClient();
  const utils = trpc.useUtils();
  const { organization } = useViewer();
  const { mutateAsync } = trpc.appointments.move.useMutation();
  const zone = organization.timezone;
  const turns = useRef(new Map<string, Promise<OwnVersions | null>>());

  const describe = useCallback(
    ({ appointment, startsAt, endsAt, providerId, roomId }: Move) => {
      const start = clockTime({ instant: startsAt, zone });
      const isSameDay =
        localDate({ instant: startsAt, zone }) === localDate({ instant: appointment.startsAt, zone });
      const time = isSameDay ? start : dayAndTime({ instant: startsAt, zone, locale });
      if (providerId && providerId !== appointment.providerId)
        return t("reassigned", { provider: names.provider(providerId), time });
      if (roomId !== undefined && roomId !== appointment.roomId)
        return roomId ? t("roomChanged", { room: names.room(roomId), time }) : t("roomLeft", { time });
      const isSameStart = Date.parse(startsAt) === Date.parse(appointment.startsAt);
      if (isSameStart && Date.parse(endsAt) !== Date.parse(appointment.endsAt))
        return t("resized", { start, end: clockTime({ instant: endsAt, zone }) });
      if (isSameDay) return t("moved", { time });
      return t("movedToDay", { date: shortDay({ instant: startsAt, zone, locale }), time: start });
    },
    [t, zone, locale, names],
  );

  /** The place that was wished for, before the reasons against it: "Dr Leroy, 11:00". */
  const wish = useCallback(
    ({ appointment, startsAt, providerId, roomId }: Move) => {
      const whose = providerId && providerId !== appointment.providerId && names.provider(providerId);
      const where = roomId && roomId !== appointment.roomId && names.room(roomId);
      return [whose, where, dayAndTime({ instant: startsAt, zone, locale })].filter(Boolean).join(", ");
    },
    [zone, locale, names],
  );

  const move = useCallback(
    async (request: Move): Promise<boolean> => {
      const { appointment, startsAt, endsAt, providerId, roomId, force, notify } = request;
      const { id, version } = appointment;
      const settle = pending.show(placed(request));
      const before = turns.current.get(id);
      const answer = (async () => {
        const own = await before;
        const since = own && version >= own.first && version <= own.last ? own : null;
        const moved = await mutateAsync({
          id,
          version: since?.last ?? version,
          startsAt,
          endsAt,
          ...(providerId ? { providerId } : {}),
          ...(roomId === undefined ? {} : { roomId }),
          ...(force ? { force } : {}),
          ...(notify === false ? { notify } : {}),
        });
        return { ...moved, own: { first: since?.first ?? version, last: moved.appointment.version } };
      })();
      turns.current.set(
        id,
        answer.then(
          ({ own }) => own,
          () => before ?? null,
        ),
      );
      try {
        const moved = await answer;
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
        if (code === "version_conflict" || code === "not_found") {
          const latest = await utils.client.appointments.byId.query({ id }).catch(() => null);
          if (latest) patchAppointment(queryClient, latest);
          else if (code === "not_found") dropAppointment(queryClient, id);
        }
        const details = refusalDetails(t, { error, zone });
        toast.error(refusalReason(t, code), {
          description: details.length > 0 ? [wish(request), ...details].join(" · ") : undefined,
          duration: 8_000,
          action:
            canForce && !force && forcible.has(code)
              ? { label: t("force"), onClick: () => void move({ ...request, force: true }) }
              : undefined,
        });
        return false;
      } finally {
        settle();
      }
    },
    [queryClient, mutateAsync, offerUndo, describe, wish, utils, t, canForce, zone, pending],
  );

  return move;
}
