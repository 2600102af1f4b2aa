import { useTranslations } from "next-intl";
import { type KeyboardEvent, useRef, useState } from "react";
import { toast } from "sonner";
import { errorCode, errorDetails } from "../../trpc/error-code.ts";
import { trpc } from "../../trpc/react.ts";
import type { Appointment } from "../appointments/appointment.ts";
import type { FoundClient } from "../clients/client-picker.tsx";
import { usualSubjectKind } from "../clients/subject-fields.ts";
import { type TypedClient, typedClient } from "../clients/typed-client.ts";
import type { Service } from "../directory/use-directory.ts";
import { useRefusal } from "../directory/use-refusal.ts";
import { useViewer } from "../viewer/viewer.tsx";
import { type Caller, callerOf, type FoundSubject, isNamed, subjectOf } from "./caller.ts";

/** What the call has come to so far. */
type Draft = {
  caller?: Caller;
  typed?: TypedClient;
  /** What the server took for no phone number. */
  refusedPhone?: string;
  service?: Service;
  /** What was looked for, so that going back loses nothing. */
  text?: string;
  /** The caller's, while it is open which one this is about. */
  subjects?: readonly FoundSubject[];
};

type Place = { providerId: string; siteId: string; startsAt: string };

/** A caller as a request names them: by id, else as typed. */
function clientOf({ id, typed }: Caller) {
  if (id) return { clientId: id };
  const phone = typed.phone.trim();
  const email = typed.email.trim();
  return { client: { name: typed.name, ...(phone && { phone }), ...(email && { email }) } };
}

/** One call at the desk: its steps, their answers, and the booking at its end. */
export function useDesk() {
  const t = useTranslations("operator");
  const subjectKind = usualSubjectKind[useViewer().organization.preset];
  const { refusal, tell } = useRefusal();
  const utils = trpc.useUtils();
  const [draft, setDraft] = useState<Draft>({});
  const [booked, setBooked] = useState<{ appointment: Appointment; seconds: number } | null>(null);
  const startedAt = useRef<number | null>(null);
  const key = useRef({ request: "", key: "" });
  const { caller, typed, service, text, subjects } = draft;
  const create = trpc.appointments.create.useMutation();
  const subject = caller ? subjectOf(caller, subjectKind) : {};

  /** The same request sent again is the same booking. */
  function keyOf(request: object): string {
    const written = JSON.stringify(request);
    if (key.current.request !== written) key.current = { request: written, key: crypto.randomUUID() };
    return key.current.key;
  }

  function onRefused(error: Parameters<typeof errorCode>[0], person: TypedClient) {
    // Back to the caller, who is still on the line; the service stays chosen.
    if (errorDetails(error).field === "client.phone")
      return setDraft({ service, text, typed: person, refusedPhone: person.phone });
    if (errorCode(error) === "slot_taken") toast.error(t("lost"));
    else if (errorCode(error) === "outside_availability") toast.error(refusal(error));
    else tell(error);
    void utils.availability.nearest.invalidate();
  }

  return {
    ...draft,
    booked,
    subject,
    isBooking: create.isPending,

    pickClient(client: FoundClient, found: string) {
      startedAt.current ??= Date.now();
      const isOpen = client.subjects.length > 1 && !isNamed(client.subjects[0], found);
      const picked = callerOf(client, isOpen ? undefined : client.subjects[0]);
      setDraft({ service, text: found, caller: picked, ...(isOpen && { subjects: client.subjects }) });
    },
    startClient(found: string) {
      startedAt.current ??= Date.now();
      setDraft({ typed: typedClient(found), service, text: found });
    },
    nameClient(person: TypedClient) {
      setDraft({ caller: { id: null, subjectId: null, typed: person }, service, text });
    },
    changeClient() {
      setDraft({ text, service });
    },
    chooseSubject(chosen: FoundSubject | null) {
      if (!caller) return;
      const about = { ...caller.typed, reference: chosen?.reference ?? "" };
      setDraft({
        ...draft,
        subjects: undefined,
        caller: { ...caller, subjectId: chosen?.id ?? null, typed: about },
      });
    },
    chooseService(chosen: Service | undefined) {
      setDraft({ ...draft, service: chosen });
    },
    book({ providerId, siteId, startsAt }: Place) {
      if (!caller || !service || create.isPending) return;
      const request = {
        providerId,
        siteId,
        startsAt,
        serviceId: service.id,
        ...clientOf(caller),
        ...subject,
      };
      create.mutate(
        { ...request, idempotencyKey: keyOf(request) },
        {
          onSuccess: ({ appointment }) => {
            const seconds = Math.round((Date.now() - (startedAt.current ?? Date.now())) / 1000);
            setBooked({ appointment, seconds });
            void utils.appointments.invalidate();
          },
          onError: (error) => onRefused(error, caller.typed),
        },
      );
    },
    /** Escape goes back a step. */
    onKeyDown(event: KeyboardEvent) {
      if (event.key !== "Escape" || booked) return;
      if (service) setDraft({ ...draft, service: undefined });
      else if (caller || typed) setDraft({ text });
    },
    restart() {
      startedAt.current = null;
      setDraft({});
      setBooked(null);
    },
    /** The caller is known, and what the call is about is settled. */
    isCallerSettled: caller !== undefined && subjects === undefined,
  };
}

export type DeskState = ReturnType<typeof useDesk>;
