"use client";

import { addAttendeesInput } from "@creneau/api/attendees/schema";
import { UserPlus, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useForm } from "react-hook-form";
import { Button } from "../../components/button.tsx";
import { Field } from "../../components/field.tsx";
import { Input } from "../../components/input.tsx";
import { Panel } from "../../components/page.tsx";
import { Select } from "../../components/select.tsx";
import { trpc } from "../../trpc/react.ts";
import { schemaResolver } from "../directory/schema-resolver.ts";
import { useFieldError } from "../directory/use-field-error.ts";
import { useRefusal } from "../directory/use-refusal.ts";
import type { AppointmentDetail } from "./appointment.ts";

const answers = ["needs_action", "accepted", "declined", "tentative"] as const;

type Values = { name: string; email: string };

/** People invited besides the client, with their answers; staff note an answer that came by phone. */
export function AttendeeList({
  appointment,
  canChange,
}: {
  appointment: AppointmentDetail;
  canChange: boolean;
}) {
  const t = useTranslations("appointments");
  const { tell } = useRefusal();
  const fieldError = useFieldError();
  const utils = trpc.useUtils();
  const settled = { onError: tell, onSettled: () => void utils.appointments.invalidate() };
  const add = trpc.attendees.add.useMutation(settled);
  const remove = trpc.attendees.remove.useMutation(settled);
  const respond = trpc.attendees.respond.useMutation(settled);
  const toInput = ({ name, email }: Values) => ({
    appointmentId: appointment.id,
    attendees: [{ name, ...(email.trim() && { email }) }],
  });
  const form = useForm<Values>({
    defaultValues: { name: "", email: "" },
    resolver: schemaResolver<Values>(addAttendeesInput, {
      toInput,
      fieldOf: (path) => path.replace("attendees.0.", ""),
    }),
  });
  const { errors } = form.formState;
  return (
    <Panel title={t("detail.attendees")}>
      {appointment.attendees.length === 0 && (
        <p className="text-muted-foreground">{t("detail.noAttendees")}</p>
      )}
      <ul className="divide-y">
        {appointment.attendees.map((attendee) => (
          <li key={attendee.id} className="flex flex-wrap items-center gap-2 py-2">
            <span className="min-w-0 flex-1">
              <span className="block truncate font-medium">{attendee.name}</span>
              <span className="block truncate text-muted-foreground text-xs">{attendee.email}</span>
            </span>
            {canChange ? (
              <>
                <Select
                  aria-label={t("detail.answer", { name: attendee.name })}
                  value={attendee.status}
                  onChange={(event) => {
                    const status = answers.find((each) => each === event.target.value);
                    if (status) respond.mutate({ id: attendee.id, status });
                  }}
                >
                  {answers.map((answer) => (
                    <option key={answer} value={answer}>
                      {t(`detail.answers.${answer}`)}
                    </option>
                  ))}
                </Select>
                <Button
                  variant="ghost"
                  size="icon"
                  aria-label={t("detail.removeAttendee", { name: attendee.name })}
                  onClick={() => remove.mutate({ id: attendee.id })}
                >
                  <X />
                </Button>
              </>
            ) : (
              <span className="text-muted-foreground text-xs">{t(`detail.answers.${attendee.status}`)}</span>
            )}
          </li>
        ))}
      </ul>
      {canChange && (
        <form
          noValidate
          className="mt-3 grid items-start gap-2 sm:grid-cols-[1fr_1fr_auto]"
          onSubmit={form.handleSubmit((values) =>
            add.mutate(toInput(values), { onSuccess: () => form.reset() }),
          )}
        >
          <Field label={t("detail.attendeeName")} error={fieldError(errors.name)}>
            {(control) => <Input {...control} {...form.register("name")} maxLength={200} />}
          </Field>
          <Field label={t("detail.attendeeEmail")} error={fieldError(errors.email)}>
            {(control) => <Input {...control} type="email" {...form.register("email")} maxLength={254} />}
          </Field>
          <Button type="submit" variant="secondary" className="mt-6.5 h-9" disabled={add.isPending}>
            <UserPlus aria-hidden />
            {t("detail.addAttendee")}
          </Button>
        </form>
      )}
    </Panel>
  );
}
