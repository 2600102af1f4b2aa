"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import type { FormEvent } from "react";
import { toast } from "sonner";
import { Badge } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import { Input } from "../../components/input.tsx";
import { errorCode } from "../../trpc/error-code.ts";
import { trpc } from "../../trpc/react.ts";
import { attendeesIn } from "./attendees-in.ts";
import { refusalReason } from "./refusal-reason.ts";

const tones = {
  accepted: "success",
  declined: "danger",
  tentative: "warning",
  needs_action: "neutral",
} as const;

/** Who is invited, and what they have answered. */
export function AppointmentAttendees({
  appointmentId,
  canChange,
}: {
  appointmentId: string;
  canChange: boolean;
}) {
  const t = useTranslations("calendar");
  const utils = trpc.useUtils();
  const { data } = trpc.appointments.byId.useQuery({ id: appointmentId });
  const refresh = () => utils.appointments.byId.invalidate({ id: appointmentId });
  const onError = (error: unknown) => toast.error(refusalReason(t, errorCode(error)));
  const add = trpc.attendees.add.useMutation({ onSuccess: refresh, onError });
  const remove = trpc.attendees.remove.useMutation({ onSuccess: refresh, onError });
  if (!data || (data.attendees.length === 0 && !canChange)) return null;

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const attendees = attendeesIn(String(new FormData(form).get("attendees")));
    if (attendees.length > 0) add.mutate({ appointmentId, attendees }, { onSuccess: () => form.reset() });
  }

  return (
    <section aria-labelledby="attendees-heading" className="flex flex-col gap-2.5">
      <h3 id="attendees-heading" className="font-semibold">
        {t("attendees.title")}
      </h3>
      {data.attendees.length > 0 && (
        <ul className="flex flex-col gap-1.5">
          {data.attendees.map((attendee) => (
            <li key={attendee.id} className="flex items-center gap-2">
              <span className="min-w-0 flex-1 truncate" title={attendee.email ?? undefined}>
                {attendee.name}
              </span>
              <Badge tone={tones[attendee.status]}>{t(`attendees.answers.${attendee.status}`)}</Badge>
              {canChange && (
                <Button
                  variant="ghost"
                  size="icon"
                  className="-mr-2"
                  aria-label={t("attendees.remove", { name: attendee.name })}
                  disabled={remove.isPending}
                  onClick={() => remove.mutate({ id: attendee.id })}
                >
                  <X />
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {canChange && (
        <form onSubmit={submit} className="flex gap-2">
          <Input
            name="attendees"
            required
            aria-label={t("attendees.placeholder")}
            placeholder={t("attendees.placeholder")}
          />
          <Button type="submit" variant="secondary" className="h-9" disabled={add.isPending}>
            {t("attendees.add")}
          </Button>
        </form>
      )}
    </section>
  );
}
