"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { toast } from "sonner";
import { Button } from "../../components/button.tsx";
import { Field } from "../../components/field.tsx";
import { Input } from "../../components/input.tsx";
import { errorCode, errorDetails } from "../../trpc/error-code.ts";
import { trpc } from "../../trpc/react.ts";
import type { Appointment } from "./appointment.ts";
import { patchAppointment } from "./appointment-cache.ts";
import { refusalReason } from "./refusal-reason.ts";
import type { OfferUndo } from "./use-undo.tsx";

const fields = ["title", "description", "locationDetail"] as const;
type Fields = Record<(typeof fields)[number], string>;

function fieldsOf(appointment: Appointment): Fields {
  return {
    title: appointment.title,
    description: appointment.description ?? "",
    locationDetail: appointment.locationDetail ?? "",
  };
}

type AppointmentEditProps = { appointment: Appointment; offerUndo: OfferUndo; onDone: () => void };

/**
 * The words of an appointment. What is typed is never lost: when somebody else changes the same appointment meanwhile,
 * their words are shown beside it and the choice stays with the one who types.
 */
export function AppointmentEdit({ appointment, offerUndo, onDone }: AppointmentEditProps) {
  const t = useTranslations("calendar");
  const common = useTranslations("common");
  const queryClient = useQueryClient();
  const [base, setBase] = useState(appointment);
  const [typed, setTyped] = useState(() => fieldsOf(appointment));
  const theirs = appointment.version > base.version ? appointment : null;
  const update = trpc.appointments.update.useMutation({
    onSuccess: (answer) => {
      patchAppointment(queryClient, answer.appointment);
      if (answer.undo) offerUndo({ token: answer.undo.token, message: t("edit.saved") });
      onDone();
    },
    onError: (error) => {
      const { current } = errorDetails(error);
      if (errorCode(error) === "version_conflict" && current)
        patchAppointment(queryClient, current as Appointment);
      else toast.error(refusalReason(t, errorCode(error)));
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    const before = fieldsOf(base);
    const changed = Object.fromEntries(
      fields.filter((field) => typed[field] !== before[field]).map((field) => [field, typed[field]]),
    );
    if (Object.keys(changed).length === 0) return onDone();
    setBase(appointment);
    update.mutate({ id: appointment.id, version: appointment.version, ...changed });
  }

  const theirChanges = theirs
    ? fields.filter((field) => fieldsOf(theirs)[field] !== fieldsOf(base)[field])
    : [];
  return (
    <form onSubmit={submit} className="flex flex-col gap-3 rounded-lg border bg-background p-3">
      {theirs && (
        <div role="alert" className="rounded-md border border-warning/40 bg-warning/10 px-3 py-2">
          <p className="font-medium">{t("edit.conflict")}</p>
          {theirChanges.map((field) => (
            <p key={field} className="mt-1 break-words">
              {t(`edit.${field}`)} : <q>{fieldsOf(theirs)[field] || "–"}</q>
            </p>
          ))}
          <p className="mt-1 text-muted-foreground text-xs">{t("edit.kept")}</p>
        </div>
      )}
      {fields.map((field) => (
        <Field key={field} label={t(`edit.${field}`)}>
          {(control) => (
            <Input
              {...control}
              name={field}
              // The form was asked for by a key or a button: typing may begin at once.
              autoFocus={field === "title"}
              maxLength={field === "description" ? 5000 : 200}
              value={typed[field]}
              onChange={(event) => setTyped({ ...typed, [field]: event.target.value })}
            />
          )}
        </Field>
      ))}
      <div className="flex justify-end gap-2">
        <Button variant="ghost" onClick={onDone}>
          {common("cancel")}
        </Button>
        <Button type="submit" disabled={update.isPending}>
          {theirs ? t("edit.saveAnyway") : t("edit.save")}
        </Button>
      </div>
    </form>
  );
}
