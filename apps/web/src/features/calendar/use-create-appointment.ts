"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { toast } from "sonner";
import { errorCode, errorDetails } from "../../trpc/error-code.ts";
import { trpc } from "../../trpc/react.ts";
import type { attendeesOf } from "../appointments/attendee-drafts.ts";
import type { SubjectKind } from "../clients/subject-fields.ts";
import { type ChosenClient, newClientOf } from "../clients/typed-client.ts";
import { useViewer } from "../viewer/viewer.tsx";
import type { Appointment } from "./appointment.ts";
import { patchAppointment } from "./appointment-cache.ts";
import { alternativesOf, refusalDetails, refusalReason } from "./refusal-reason.ts";

export type NewAppointment = {
  providerId: string;
  serviceId: string | null;
  startsAt: string;
  endsAt: string | null;
  roomId: string | null;
  title: string;
  client: ChosenClient | null;
  /** About what; null for nothing. */
  subject: { kind: SubjectKind; reference: string } | null;
  attendees: ReturnType<typeof attendeesOf>;
  notify: boolean;
};

/** Why a creation was refused, and what to do about it. */
export type CreateRefusal = {
  sentence: string;
  details: string[];
  alternatives: string[];
  isForcible: boolean;
};

const forcible = new Set(["slot_taken", "outside_availability"]);

function clientFields(client: ChosenClient | null) {
  if (!client) return {};
  if (client.kind === "known") return { clientId: client.id };
  return { client: newClientOf(client) };
}

/**
 * Creates an appointment; a retry of the same request after a lost answer makes no second one. `onField` says whether the
 * form tells at its own place what is wrong with the field that a refusal names.
 */
export function useCreateAppointment(
  onCreated: (appointment: Appointment) => void,
  onField: (field: unknown) => boolean,
) {
  const t = useTranslations("calendar");
  const queryClient = useQueryClient();
  const zone = useViewer().organization.timezone;
  const [refusal, setRefusal] = useState<CreateRefusal | null>(null);
  const attempt = useRef({ request: "", key: "" });
  const { mutateAsync, isPending } = trpc.appointments.create.useMutation();

  async function create(request: NewAppointment, force = false) {
    const { client, subject, serviceId, endsAt, roomId, title, ...rest } = request;
    const text = JSON.stringify([request, force]);
    if (attempt.current.request !== text) attempt.current = { request: text, key: crypto.randomUUID() };
    try {
      const { appointment, warnings } = await mutateAsync({
        ...rest,
        ...clientFields(client),
        ...(subject ? { subject } : {}),
        ...(serviceId ? { serviceId } : {}),
        ...(endsAt ? { endsAt } : {}),
        ...(roomId ? { roomId } : {}),
        ...(title.trim() ? { title: title.trim() } : {}),
        ...(force ? { force } : {}),
        idempotencyKey: attempt.current.key,
      });
      setRefusal(null);
      patchAppointment(queryClient, appointment);
      const double = warnings.find(({ code }) => code === "client_busy");
      if (double) toast.warning(t("create.double", { name: String(double.providerName) }));
      else toast.success(t("create.done"));
      onCreated(appointment);
    } catch (error) {
      if (onField(errorDetails(error).field)) return setRefusal(null);
      const code = errorCode(error);
      setRefusal({
        sentence:
          code === "slot_taken"
            ? t("create.taken")
            : code === "outside_availability"
              ? t("create.outside")
              : refusalReason(t, code),
        details: refusalDetails(t, { error, zone }),
        alternatives: alternativesOf(error),
        isForcible: forcible.has(code),
      });
    }
  }

  return { create, isPending, refusal, forget: () => setRefusal(null) };
}
