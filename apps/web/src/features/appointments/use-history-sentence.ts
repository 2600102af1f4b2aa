"use client";

import { appointmentStatuses } from "@creneau/domain/appointments/status";
import { useLocale, useTranslations } from "next-intl";
import type { Outputs } from "../../trpc/react.ts";
import { clockTime, dayAndTime } from "../time/format-time.ts";
import { useViewer } from "../viewer/viewer.tsx";
import type { AppointmentDetail } from "./appointment.ts";
import { useActorName } from "./use-actor-name.ts";

type Entry = Outputs["appointments"]["history"]["items"][number];

const fields = [
  "title",
  "description",
  "clientId",
  "subjectId",
  "locationKind",
  "locationDetail",
  "priceCents",
] as const;
const answers = ["needs_action", "accepted", "declined", "tentative"] as const;

function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

/** What those are called that an appointment's history names by id; undefined for one who, or which, is gone. */
export type HistoryNames = {
  provider: (id: string) => string | undefined;
  room: (id: string) => string | undefined;
};

/** Turns an entry of an appointment's history into a sentence. */
export function useHistorySentence(names: HistoryNames, attendees: AppointmentDetail["attendees"]) {
  const t = useTranslations("appointments");
  const staff = useTranslations("staff");
  const actorName = useActorName();
  const locale = useLocale();
  const zone = useViewer().organization.timezone;
  const when = (value: unknown) =>
    typeof value === "string" ? dayAndTime({ instant: value, zone, locale }) : "?";
  const statusName = (value: unknown) => {
    const status = appointmentStatuses.find((each) => each === value);
    return status ? staff(`statuses.${status}`) : "?";
  };
  const attendeeName = (id: unknown) => attendees.find((attendee) => attendee.id === id)?.name;

  function updated(diff: Record<string, unknown>, name: string): string {
    const { attendeesAdded, attendeeRemoved, attendeesReleased } = diff;
    if (Array.isArray(attendeesAdded)) {
      const names = attendeesAdded.map(attendeeName);
      return names.every((each) => each !== undefined)
        ? t("history.invited", { name, who: names.join(", ") })
        : t("history.invitedSomebody", { name, count: names.length });
    }
    if (attendeesReleased) return t("history.guestsTold", { name });
    if (attendeeRemoved) return t("history.uninvited", { name });
    const after = record(diff.after);
    const changed = fields.filter((field) => field in after);
    if (changed.length === 0) return t("history.updatedPlain", { name });
    const list = changed.map((field) => t(`history.fields.${field}`)).join(", ");
    return t("history.updated", { name, fields: list });
  }

  /** Where it went, named: to whom, into which room, or to what time, whichever has changed first of these. */
  function moved(name: string, before: Record<string, unknown>, after: Record<string, unknown>): string {
    const to = when(after.startsAt);
    if (after.providerId !== before.providerId) {
      const provider = names.provider(String(after.providerId)) ?? t("history.formerProvider");
      return t("history.movedProvider", { name, provider, to });
    }
    if (after.roomId !== before.roomId) {
      const room = typeof after.roomId === "string" && (names.room(after.roomId) ?? "?");
      return room ? t("history.movedRoom", { name, room, to }) : t("history.leftRoom", { name, to });
    }
    if (after.startsAt === before.startsAt && typeof after.endsAt === "string")
      return t("history.resized", { name, start: to, end: clockTime({ instant: after.endsAt, zone }) });
    return t("history.moved", { name, from: when(before.startsAt), to });
  }

  return ({ action, diff, by }: Entry): string => {
    const name = actorName(by);
    const before = record(diff.before);
    const after = record(diff.after);
    switch (action) {
      case "appointment.created":
        return t("history.created", { name });
      case "appointment.moved":
        return moved(name, before, after);
      case "appointment.updated":
        return updated(diff, name);
      case "attendee.responded": {
        const answer = answers.find((each) => each === diff.status) ?? "needs_action";
        const who = attendeeName(diff.attendee) ?? t("history.somebody");
        return t("history.answered", { name, who, answer: t(`detail.answers.${answer}`) });
      }
      case "appointment.cancelled":
        return typeof after.reason === "string" && after.reason
          ? t("history.cancelledBecause", { name, reason: after.reason })
          : t("history.cancelled", { name });
      case "appointment.status_changed":
        return t("history.status_changed", {
          name,
          from: statusName(before.status),
          to: statusName(after.status),
        });
      case "appointment.undone":
        return t("history.undone", { name });
      case "appointment.assigned": {
        const provider = names.provider(String(diff.providerId)) ?? "?";
        return t("history.assigned", { provider });
      }
      default:
        return t("history.other", { name, action });
    }
  };
}
