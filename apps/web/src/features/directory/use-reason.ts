"use client";

import { dateFormat } from "@creneau/domain/time/date-format";
import { useLocale, useTranslations } from "next-intl";
import { clockTime, dayAndTime, localDate } from "../time/format-time.ts";
import type { ReasonView } from "./error-details.ts";
import type { Directory } from "./use-directory.ts";

const plain = [
  "service_not_offered",
  "in_past",
  "version_changed",
  "status_not_allowed",
  "not_started",
  "force_not_allowed",
  "ends_before_start",
  "room_unknown",
  "room_changed",
  "overbooked",
  "no_lane_left",
  "undo_over",
  "hold_over",
] as const;

function text(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

/** Every reason against a start as a sentence, with times in the given zone. */
export function useReason({ zone, directory }: { zone: string; directory: Pick<Directory, "roomById"> }) {
  const t = useTranslations("reasons");
  const locale = useLocale();

  function at(instant: string): string {
    return instant ? dayAndTime({ instant, zone, locale }) : "";
  }

  /** Both ends: times alone within a day, days too beyond it. */
  function span(of: Record<string, unknown>): { start: string; end: string } {
    const [startsAt, endsAt] = [text(of.startsAt), text(of.endsAt)];
    if (!startsAt || !endsAt) return { start: "?", end: "?" };
    const isOneDay = localDate({ instant: startsAt, zone }) === localDate({ instant: endsAt, zone });
    const show = (instant: string) => (isOneDay ? clockTime({ instant, zone }) : at(instant));
    return { start: show(startsAt), end: show(endsAt) };
  }

  return (reason: ReasonView): string => {
    const { code } = reason;
    const simple = plain.find((each) => each === code);
    if (simple) return t(`${simple}`);
    const because = reason.reason ? t("because", { reason: text(reason.reason) }) : "";
    const busy = record(reason.busy);
    switch (code) {
      case "skill_missing":
        return t("skill_missing", { skills: Array.isArray(reason.skills) ? reason.skills.join(", ") : "" });
      case "notice":
        return t("notice", { earliest: at(text(reason.earliest)) });
      case "horizon": {
        const lastDate = text(reason.lastDate);
        if (!lastDate) return t("horizonOpen");
        const day = dateFormat(locale, { dateStyle: "long", timeZone: "UTC" });
        return t("horizon", { lastDate: day.format(Date.parse(`${lastDate}T12:00:00Z`)) });
      }
      case "client_busy":
        return t("client_busy", { ...span(reason), name: text(reason.providerName) });
      case "off_grid":
        return t("off_grid", { slotMinutes: text(reason.slotMinutes) });
      case "closed":
        return t("closed", span(record(reason.interval)));
      case "exception_closed":
        return t("exception_closed", { ...span(record(reason.interval)), because });
      case "outside_opening":
        return t("outside_opening", { ...span(record(reason.interval)), because });
      case "time_off":
        return t("time_off", { ...span(record(reason.interval)), because });
      case "busy":
        return busy.kind === "hold" ? t("busyHold", span(busy)) : t("busy", span(busy));
      case "external_busy":
        return t("external_busy", span(busy));
      case "buffer":
        return t("buffer", span(busy));
      case "room_taken": {
        const rooms = (Array.isArray(reason.rooms) ? reason.rooms : [])
          .map((each) => directory.roomById.get(text(record(each).roomId))?.name)
          .filter(Boolean);
        return rooms.length > 0 ? t("room_takenNamed", { rooms: rooms.join(", ") }) : t("room_taken");
      }
      case "daily_limit":
        return t("daily_limit", { count: text(reason.count), limit: text(reason.limit) });
      case "duration_fixed":
        return t("duration_fixed", { durationMinutes: text(reason.durationMinutes) });
      case "cut_off":
        return t("cut_off", { lastMoment: at(text(reason.lastMoment)) });
      default:
        return t("other", { code });
    }
  };
}
