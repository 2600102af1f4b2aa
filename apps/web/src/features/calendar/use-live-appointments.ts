"use client";

import type { AppointmentChange } from "@creneau/api/appointments/schema";
import { useQueryClient } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { toast } from "sonner";
import { setConnectionState } from "../../trpc/connection.ts";
import { errorCode } from "../../trpc/error-code.ts";
import { trpc } from "../../trpc/react.ts";
import { useActorName } from "../appointments/use-actor-name.ts";
import { dayAndTime } from "../time/format-time.ts";
import { useViewer } from "../viewer/viewer.tsx";
import {
  type AppointmentQuery,
  cachedAppointment,
  dropAppointment,
  isShownBy,
  patchAppointment,
  refreshAppointments,
} from "./appointment-cache.ts";
import { usePulse } from "./use-pulse.ts";

type Change = Pick<AppointmentChange, "type" | "id" | "version" | "by">;

/** What is said of a change; of a time that is only kept for somebody, nothing. */
const sentences: Record<
  AppointmentChange["type"],
  "movedBy" | "createdBy" | "cancelledBy" | "updatedBy" | "undoneBy" | "statusBy" | null
> = {
  "appointment.moved": "movedBy",
  "appointment.created": "createdBy",
  "appointment.cancelled": "cancelledBy",
  "appointment.undone": "undoneBy",
  "appointment.status_changed": "statusBy",
  "appointment.updated": "updatedBy",
  "attendee.responded": "updatedBy",
  "appointment.held": null,
  "appointment.hold_extended": null,
  "appointment.released": null,
  connected: null,
  reload: null,
};

/** Beyond this many changes at once, one list is cheaper than many single reads. */
const burst = 20;

/**
 * Follows the changes of others: reads again only what changed, says who did it, and lights it up for a moment.
 * The socket resumes by itself from the last event it saw; where it starts afresh the server says so and the shown
 * period is read again, so a change made between the first list and the first event cannot be missed.
 */
export function useLiveAppointments(query: AppointmentQuery) {
  const t = useTranslations("calendar");
  const actorName = useActorName();
  const locale = useLocale();
  const { user, organization } = useViewer();
  const queryClient = useQueryClient();
  const utils = trpc.useUtils();
  const { pulsing, pulse } = usePulse();
  const inFlight = useRef(0);

  const subscription = trpc.appointments.onChange.useSubscription(
    {
      siteIds: query.siteIds.length > 0 ? query.siteIds : undefined,
      providerIds: query.providerIds.length > 0 ? query.providerIds : undefined,
    },
    {
      onData: ({ data }) => void follow(data),
    },
  );

  async function follow(change: Change) {
    // Where the log begins for us, or begins again because it no longer reaches back: the whole screen is read anew.
    if (change.id === "") return void refreshAppointments(queryClient);
    const known = cachedAppointment(queryClient, change.id);
    if (known && change.version !== null && known.version >= change.version) return;
    if (inFlight.current >= burst) return void refreshAppointments(queryClient);
    inFlight.current += 1;
    try {
      const appointment = await utils.client.appointments.byId.query({ id: change.id });
      patchAppointment(queryClient, appointment);
      if (change.by?.userId === user.id || (!known && !isShownBy(query, appointment))) return;
      pulse(change.id);
      announce(change, appointment.startsAt);
    } catch (error) {
      if (errorCode(error) === "not_found") dropAppointment(queryClient, change.id);
      else void refreshAppointments(queryClient);
    } finally {
      inFlight.current -= 1;
    }
  }

  function announce(change: Change, startsAt: string) {
    const values = {
      name: change.by ? actorName(change.by) : "",
      date: dayAndTime({ instant: startsAt, zone: organization.timezone, locale }),
    };
    const key = sentences[change.type];
    if (key) toast(t(key, values), { id: `live-${change.id}`, duration: 4_000 });
  }

  const { status, error } = subscription;
  useEffect(() => {
    if (status === "pending") setConnectionState("open");
    else if (status === "error" || (status === "connecting" && error)) setConnectionState("lost");
  }, [status, error]);
  useEffect(() => () => setConnectionState("idle"), []);

  return { pulsing };
}
