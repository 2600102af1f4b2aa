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
import { isEnding, liveSentences } from "./live-sentences.ts";
import { usePulse } from "./use-pulse.ts";

type Change = Pick<AppointmentChange, "type" | "id" | "version" | "by">;

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
  /** Which read of each appointment was begun last, while it is on its way. */
  const turns = useRef(new Map<string, symbol>());

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
    const { id, type, version, by } = change;
    // Where the log begins for us, or begins again because it no longer reaches back: the whole screen is read anew.
    if (id === "") return void refreshAppointments(queryClient);
    const turn = Symbol();
    const known = cachedAppointment(queryClient, id);
    if (isEnding(type)) {
      turns.current.delete(id);
      return dropAppointment(queryClient, id);
    }
    if (known && version !== null && known.version >= version) return;
    if (turns.current.size >= burst) return void refreshAppointments(queryClient);
    turns.current.set(id, turn);
    // Of several reads of one appointment only the last that was begun counts: an older one may answer later.
    const isLatest = () => turns.current.get(id) === turn;
    try {
      const appointment = await utils.client.appointments.byId.query({ id });
      if (!isLatest()) return;
      patchAppointment(queryClient, appointment);
      void utils.appointments.byId.invalidate({ id });
      if (by?.userId === user.id || (!known && !isShownBy(query, appointment))) return;
      pulse(id);
      announce(change, appointment.startsAt);
    } catch (error) {
      if (!isLatest()) return;
      if (errorCode(error) === "not_found") dropAppointment(queryClient, id);
      else void refreshAppointments(queryClient);
    } finally {
      if (isLatest()) turns.current.delete(id);
    }
  }

  function announce({ type, id, by }: Change, startsAt: string) {
    const sentence = liveSentences[type];
    if (!sentence) return;
    const values = {
      name: by ? actorName(by) : "",
      date: dayAndTime({ instant: startsAt, zone: organization.timezone, locale }),
    };
    toast(t(sentence, values), { id: `live-${id}`, duration: 4_000 });
  }

  const { status, error } = subscription;
  useEffect(() => {
    if (status === "pending") setConnectionState("open");
    else if (status === "error" || (status === "connecting" && error)) setConnectionState("lost");
  }, [status, error]);
  useEffect(() => () => setConnectionState("idle"), []);

  return { pulsing };
}
