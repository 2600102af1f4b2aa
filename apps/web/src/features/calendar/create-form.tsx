"use client";

import { keepPreviousData } from "@tanstack/react-query";
import { OctagonX } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "../../components/button.tsx";
import { Field } from "../../components/field.tsx";
import { Input } from "../../components/input.tsx";
import { Select } from "../../components/select.tsx";
import { trpc } from "../../trpc/react.ts";
import {
  type AttendeeDraft,
  attendeeProblems,
  attendeesOf,
  refusedDrafts,
} from "../appointments/attendee-drafts.ts";
import { AttendeeRows } from "../appointments/attendee-rows.tsx";
import { ClientChoice } from "../clients/client-choice.tsx";
import { usualSubjectKind } from "../clients/subject-fields.ts";
import { type ChosenClient, newClientProblems } from "../clients/typed-client.ts";
import { useErrorFocus } from "../directory/use-error-focus.ts";
import { useFieldError } from "../directory/use-field-error.ts";
import { clockTime, dayAndTime } from "../time/format-time.ts";
import { wallTimeOf } from "../time/wall-time.ts";
import { useViewer } from "../viewer/viewer.tsx";
import type { Appointment, Provider, Room } from "./appointment.ts";
import type { Draft } from "./calendar-panel.ts";
import { PlaceCheck } from "./place-check.tsx";
import { TimeFields, type TimeRange } from "./time-fields.tsx";
import { type CreateRefusal, useCreateAppointment } from "./use-create-appointment.ts";

type CreateFormProps = {
  draft: Draft;
  providers: readonly Provider[];
  rooms: readonly Room[];
  canForce: boolean;
  onCreated: (appointment: Appointment) => void;
};

/** A new appointment: for whom, for what, with whom, when. */
export function CreateForm({ draft, providers, rooms, canForce, onCreated }: CreateFormProps) {
  const t = useTranslations("calendar.create");
  const { timezone: zone, preset, hasManySites } = useViewer().organization;
  const fieldError = useFieldError();
  // A vehicle is asked for; elsewhere a reference is there once it was typed to find a client.
  const [reference, setReference] = useState<string | null>(preset === "inspection" ? "" : null);
  const [client, setClient] = useState<ChosenClient | null>(null);
  const [attendees, setAttendees] = useState<readonly AttendeeDraft[]>([]);
  const [isChecked, setIsChecked] = useState(false);
  const [providerId, setProviderId] = useState(draft.providerId ?? providers[0]?.id ?? "");
  const [roomId, setRoomId] = useState(draft.roomId ?? "");
  const [range, setRange] = useState<TimeRange>({ startsAt: draft.startsAt, endsAt: draft.endsAt });
  const siteIds = providers.find(({ id }) => id === providerId)?.siteIds ?? [];
  const services = trpc.directory.services.list.useQuery(hasManySites ? { siteIds } : undefined, {
    staleTime: 300_000,
    placeholderData: keepPreviousData,
  });
  const offered = (services.data?.items ?? []).filter((each) => each.providerIds.includes(providerId));
  const [chosenServiceId, setChosenServiceId] = useState<string | null>(null);
  const service =
    chosenServiceId === "" ? undefined : (offered.find(({ id }) => id === chosenServiceId) ?? offered[0]);
  const { form, focusError } = useErrorFocus();
  const { create, isPending, refusal, forget } = useCreateAppointment(onCreated, (field) => {
    const refused = refusedDrafts(attendees, field);
    const isClients = field === "client.phone" && client?.kind === "new";
    if (refused) setAttendees(refused);
    else if (isClients)
      setClient((now) => (now?.kind === "new" ? { ...now, refusedPhone: client.phone } : now));
    else return false;
    focusError();
    return true;
  });
  const offeredRooms = rooms.filter((room) => siteIds.includes(room.siteId));
  const length = range.endsAt ?? (service ? lengthened(range.startsAt, service.durationMinutes) : null);
  const clientProblems = client?.kind === "new" ? newClientProblems(client) : {};
  const clientError = (field: "name" | "phone" | "email") =>
    isChecked && clientProblems[field] ? fieldError({ message: clientProblems[field] }) : undefined;

  function submit(form: HTMLFormElement, force: boolean, startsAt = range.startsAt) {
    setIsChecked(true);
    const hasProblems = Object.keys(clientProblems).length > 0 || attendeeProblems(attendees).size > 0;
    if (hasProblems) return focusError();
    // A date or a time that is none says so by itself.
    if (!form.reportValidity()) return;
    const fields = new FormData(form);
    const moved = startsAt !== range.startsAt;
    const duration = range.endsAt ? Date.parse(range.endsAt) - Date.parse(range.startsAt) : null;
    const endsAt = duration === null ? null : new Date(Date.parse(startsAt) + duration).toISOString();
    if (moved) setRange({ startsAt, endsAt });
    void create(
      {
        providerId,
        serviceId: service?.id ?? null,
        startsAt,
        // Without a service nothing else says how long it lasts.
        endsAt: endsAt ?? (service ? null : lengthened(startsAt, 30)),
        roomId: offeredRooms.some(({ id }) => id === roomId) ? roomId : null,
        title: String(fields.get("title") ?? ""),
        client,
        subject: reference?.trim() ? { kind: usualSubjectKind[preset], reference: reference.trim() } : null,
        attendees: attendeesOf(attendees),
        notify: !fields.has("quiet"),
      },
      force,
    );
  }

  return (
    <form
      ref={form}
      noValidate
      aria-label={t("title")}
      className="flex flex-col gap-4"
      onSubmit={(event: FormEvent<HTMLFormElement>) => {
        event.preventDefault();
        submit(event.currentTarget, false);
      }}
      onChange={forget}
    >
      <div className="flex flex-col gap-1.5">
        <span aria-hidden className="font-medium text-sm">
          {t("client")}
        </span>
        <ClientChoice
          chosen={client}
          onChoose={(chosen, typed) => {
            setClient(chosen);
            if (typed) setReference(typed);
          }}
          canCreate
          errors={{ name: clientError("name"), phone: clientError("phone"), email: clientError("email") }}
          autoFocus
        />
      </div>
      {reference !== null && (
        <Field label={t("subject")}>
          {(control) => (
            <Input
              {...control}
              className="tabular"
              autoComplete="off"
              maxLength={64}
              value={reference}
              onChange={(event) => setReference(event.target.value)}
            />
          )}
        </Field>
      )}
      <Field label={t("provider")}>
        {(control) => (
          <Select
            {...control}
            name="provider"
            value={providerId}
            onChange={(event) => setProviderId(event.target.value)}
          >
            {providers.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label={t("service")}>
        {(control) => (
          <Select
            {...control}
            name="service"
            value={service?.id ?? ""}
            onChange={(event) => setChosenServiceId(event.target.value)}
          >
            {offered.map(({ id, name, durationMinutes }) => (
              <option key={id} value={id}>
                {t("serviceOption", { name, minutes: durationMinutes })}
              </option>
            ))}
            <option value="">{t("noService")}</option>
          </Select>
        )}
      </Field>
      <TimeFields range={range} shownEnd={length} onChange={setRange} />
      {offeredRooms.length > 0 && (
        <Field label={t("room")}>
          {(control) => (
            <Select
              {...control}
              name="room"
              value={offeredRooms.some(({ id }) => id === roomId) ? roomId : ""}
              onChange={(event) => setRoomId(event.target.value)}
            >
              <option value="">{service?.needsRoom ? t("anyRoom") : t("noRoom")}</option>
              {offeredRooms.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
          )}
        </Field>
      )}
      {!refusal && (
        <PlaceCheck
          providerId={providerId}
          serviceId={service?.id ?? null}
          startsAt={range.startsAt}
          endsAt={length}
          roomId={offeredRooms.some(({ id }) => id === roomId) ? roomId : null}
        />
      )}
      <Field label={t("subjectLine")}>
        {(control) => <Input {...control} name="title" maxLength={200} autoComplete="off" />}
      </Field>
      <fieldset className="flex flex-col gap-1.5">
        <legend className="mb-1.5 font-medium text-sm">{t("attendees")}</legend>
        <AttendeeRows drafts={attendees} isChecked={isChecked} onChange={setAttendees} />
      </fieldset>
      <label className="flex items-center gap-2">
        <input type="checkbox" name="quiet" className="size-4 accent-accent" />
        {t("quiet")}
      </label>
      <div aria-live="assertive">
        {refusal && (
          <Refusal
            refusal={refusal}
            zone={zone}
            day={wallTimeOf({ instant: range.startsAt, zone }).date}
            onAlternative={(startsAt, form) => submit(form, false, startsAt)}
            onForce={canForce && refusal.isForcible ? (form) => submit(form, true) : undefined}
          />
        )}
      </div>
      <Button type="submit" size="large" disabled={isPending || !providerId}>
        {t("submit")}
      </Button>
    </form>
  );
}

function lengthened(instant: string, minutes: number): string {
  return new Date(Date.parse(instant) + minutes * 60_000).toISOString();
}

type RefusalProps = {
  refusal: CreateRefusal;
  zone: string;
  /** The day asked for; a start on another one is named with its own. */
  day: string;
  onAlternative: (startsAt: string, form: HTMLFormElement) => void;
  onForce?: (form: HTMLFormElement) => void;
};

function Refusal({ refusal, zone, day, onAlternative, onForce }: RefusalProps) {
  const t = useTranslations("calendar");
  const locale = useLocale();
  const formOf = (element: HTMLButtonElement) => element.form;
  return (
    <div className="flex flex-col gap-2 rounded-md border border-danger/40 bg-danger/10 px-3 py-2.5">
      <p className="flex items-start gap-2 font-medium text-danger">
        <OctagonX aria-hidden className="mt-0.5 size-4 shrink-0" />
        {refusal.sentence}
      </p>
      {refusal.details.map((detail) => (
        <p key={detail}>{detail}</p>
      ))}
      <div className="flex flex-wrap gap-1.5">
        {refusal.alternatives.map((startsAt) => (
          <Button
            key={startsAt}
            variant="secondary"
            className="tabular"
            onClick={(event) => {
              const form = formOf(event.currentTarget);
              if (form) onAlternative(startsAt, form);
            }}
          >
            {wallTimeOf({ instant: startsAt, zone }).date === day
              ? clockTime({ instant: startsAt, zone })
              : dayAndTime({ instant: startsAt, zone, locale })}
          </Button>
        ))}
        {onForce && (
          <Button
            variant="ghost"
            className="text-danger"
            onClick={(event) => {
              const form = formOf(event.currentTarget);
              if (form) onForce(form);
            }}
          >
            {t("force")}
          </Button>
        )}
      </div>
    </div>
  );
}
