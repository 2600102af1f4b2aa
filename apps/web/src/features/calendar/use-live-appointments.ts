"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { toast } from "sonner";
import { setConnectionState } from "../../trpc/connection.ts";
import { errorCode } from "../../trpc/error-code.ts";
import { trpc } from "../../trpc/react.ts";
import { useViewer } from "../shell/viewer.tsx";
import {
  cachedAppointment,
  dropAppointment,
  isShownBy,
  patchAppointment,
  refreshAppointments,
  type AppointmentQuery,
} from "./appointment-cache.ts";
import { dayAndTime } from "./format-time.ts";
import { usePulse } from "./use-pulse.ts";

/** Beyond this many changes at once, one list is cheaper than many single reads. */
const burst = 20;

/**
 * Follows the changes of others: reads again only what changed, says who did it, and lights it up for a moment.
 * The socket resumes by itself from the last event it saw; a (re)start also refreshes the shown period, so a
 * change made between the first list and the first event cannot be missed.
 */
export function useLiveAppointments(query: AppointmentQuery) {
  const t = useTranslations("calendar");
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
      onStarted: () => void refreshAppointments(queryClient),
      onData: ({ data }) => void follow(data),
    },
  );

  async function follow(change: { type: string; id: string; version: number; by: { userId: string; name: string } | null }) {
    const known = cachedAppointment(queryClient, change.id);
    if (known && known.version >= change.version) return;
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

  function announce(change: { type: string; id: string; by: { name: string } | null }, startsAt: string) {
    const values = {
      name: change.by?.name ?? t("someone"),
      date: dayAndTime({ instant: startsAt, zone: organization.timezone, locale }),
    };
    const action = change.type.split(".").at(-1);
    const options = { id: `live-${change.id}`, duration: 4_000 };
    if (action === "moved") toast(t("movedBy", values), options);
    else if (action === "created") toast(t("createdBy", values), options);
    else if (action === "cancelled") toast(t("cancelledBy", values), options);
    else toast(t("updatedBy", values), options);
  }

  const { status, error } = subscription;
  useEffect(() => {
    if (status === "pending") setConnectionState("open");
    else if (status === "error" || (status === "connecting" && error)) setConnectionState("lost");
  }, [status, error]);
  useEffect(() => () => setConnectionState("idle"), []);

  return { pulsing };
}
