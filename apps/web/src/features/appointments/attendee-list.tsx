"use client";

import { Send, UserPlus, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Badge } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import { formatPhone } from "../../components/format-phone.ts";
import { Select } from "../../components/select.tsx";
import { Skeleton } from "../../components/skeleton.tsx";
import { errorDetails } from "../../trpc/error-code.ts";
import { trpc } from "../../trpc/react.ts";
import { RetryLine } from "../directory/query-state.tsx";
import { useRefusal } from "../directory/use-refusal.ts";
import type { AppointmentDetail } from "./appointment.ts";
import {
  type AttendeeDraft,
  attendeeProblems,
  attendeesOf,
  refusedDrafts,
  withEmptyDraft,
} from "./attendee-drafts.ts";
import { AttendeeFields } from "./attendee-fields.tsx";

const answers = ["needs_action", "accepted", "declined", "tentative"] as const;

type AttendeeListProps = { appointmentId: string; canChange: boolean };

/** People invited besides the client, with their answers; staff note an answer that came by phone. */
export function AttendeeList({ appointmentId, canChange }: AttendeeListProps) {
  const t = useTranslations("appointments");
  const query = trpc.appointments.byId.useQuery({ id: appointmentId });
  if (query.isPending) return <Skeleton className="h-8" />;
  if (query.isError) return <RetryLine onRetry={() => void query.refetch()} />;
  const { attendees } = query.data;
  return (
    <div className="@container flex flex-col gap-3">
      {attendees.length === 0 ? (
        <p className="text-muted-foreground">{t("detail.noAttendees")}</p>
      ) : (
        <ul className="divide-y">
          {attendees.map((attendee) => (
            <AttendeeItem key={attendee.id} attendee={attendee} canChange={canChange} />
          ))}
        </ul>
      )}
      {canChange && <ReleaseButton appointmentId={appointmentId} attendees={attendees} />}
      {canChange && <InviteForm appointmentId={appointmentId} />}
    </div>
  );
}

/** What a change of attendees does to what is on screen. */
function useSettled() {
  const { tell } = useRefusal();
  const utils = trpc.useUtils();
  return { onError: tell, onSettled: () => void utils.appointments.invalidate() };
}

/** Tells whom a visitor invited whose own address has not answered yet. */
function ReleaseButton({
  appointmentId,
  attendees,
}: {
  appointmentId: string;
  attendees: AppointmentDetail["attendees"];
}) {
  const t = useTranslations("appointments.attendees");
  const release = trpc.attendees.release.useMutation(useSettled());
  const count = attendees.filter(({ isHeldBack }) => isHeldBack).length;
  if (count === 0) return null;
  return (
    <div className="flex flex-col items-start gap-2">
      <p className="text-muted-foreground text-xs">{t("heldBackHint")}</p>
      <Button
        variant="secondary"
        disabled={release.isPending}
        onClick={() => release.mutate({ appointmentId })}
      >
        <Send aria-hidden />
        {t("release", { count })}
      </Button>
    </div>
  );
}

function AttendeeItem({
  attendee,
  canChange,
}: {
  attendee: AppointmentDetail["attendees"][number];
  canChange: boolean;
}) {
  const t = useTranslations("appointments");
  const settled = useSettled();
  const remove = trpc.attendees.remove.useMutation(settled);
  const respond = trpc.attendees.respond.useMutation(settled);
  const { id, name, email, phone, status, isHeldBack } = attendee;
  return (
    <li className="flex items-center gap-2 py-2 first:pt-0 last:pb-0">
      <span className="min-w-0 flex-1">
        <span className="flex min-w-0 items-center gap-2 font-medium">
          <span className="truncate">{name}</span>
          {isHeldBack && <Badge tone="warning">{t("attendees.heldBack")}</Badge>}
        </span>
        {email && email !== name && (
          <span className="block truncate text-muted-foreground text-xs" title={email}>
            {email}
          </span>
        )}
        {phone && (
          <a href={`tel:${phone}`} className="tabular block text-muted-foreground text-xs underline">
            {formatPhone(phone)}
          </a>
        )}
      </span>
      {canChange ? (
        <>
          <Select
            aria-label={t("detail.answer", { name })}
            className="w-36 shrink-0"
            value={status}
            onChange={(event) => {
              const answer = answers.find((each) => each === event.target.value);
              if (answer) respond.mutate({ id, status: answer });
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
            className="-mr-2"
            aria-label={t("attendees.remove", { name })}
            disabled={remove.isPending}
            onClick={() => remove.mutate({ id })}
          >
            <X />
          </Button>
        </>
      ) : (
        <span className="text-muted-foreground text-xs">{t(`detail.answers.${status}`)}</span>
      )}
    </li>
  );
}

/** Opens when somebody is to be invited, and stays for the next. */
function InviteForm({ appointmentId }: { appointmentId: string }) {
  const t = useTranslations("appointments.attendees");
  const common = useTranslations("common");
  const settled = useSettled();
  const [draft, setDraft] = useState<AttendeeDraft | null>(null);
  const [isChecked, setIsChecked] = useState(false);
  const add = trpc.attendees.add.useMutation({
    ...settled,
    onError: (error) => {
      const [refused] = (draft && refusedDrafts([draft], errorDetails(error).field)) ?? [];
      if (refused) setDraft(refused);
      else settled.onError(error);
    },
  });
  function open() {
    setIsChecked(false);
    setDraft(withEmptyDraft(draft ? [draft] : []).at(-1) ?? null);
  }
  if (!draft) {
    return (
      <Button variant="secondary" className="self-start" onClick={open}>
        <UserPlus aria-hidden />
        {t("add")}
      </Button>
    );
  }
  function submit(event: FormEvent) {
    event.preventDefault();
    if (!draft) return;
    setIsChecked(true);
    const attendees = attendeesOf([draft]);
    if (attendees.length === 0 || attendeeProblems([draft]).size > 0) return;
    add.mutate({ appointmentId, attendees }, { onSuccess: open });
  }
  const isEmpty = attendeesOf([draft]).length === 0;
  const problems = isEmpty ? { name: "required" as const } : attendeeProblems([draft]).get(draft.key);
  return (
    <form
      noValidate
      aria-label={t("add")}
      className="flex flex-col gap-3 rounded-lg border bg-background p-3"
      onSubmit={submit}
    >
      <AttendeeFields
        key={draft.key}
        draft={draft}
        problems={isChecked ? problems : undefined}
        autoFocus
        onChange={setDraft}
      />
      <div className="flex justify-end gap-2">
        <Button variant="ghost" onClick={() => setDraft(null)}>
          {common("close")}
        </Button>
        <Button type="submit" variant="secondary" disabled={add.isPending}>
          {t("invite")}
        </Button>
      </div>
    </form>
  );
}
