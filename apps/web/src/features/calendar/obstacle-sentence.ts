import type { useTranslations } from "next-intl";
import { clockTime } from "../time/format-time.ts";
import type { Obstacle } from "./placement-obstacles.ts";

const known = [
  "busy",
  "buffer",
  "external_busy",
  "room_taken",
  "closed",
  "exception_closed",
  "outside_opening",
  "time_off",
  "daily_limit",
  "skill_missing",
  "service_not_offered",
  "in_past",
  "notice",
  "horizon",
  "off_grid",
  "no_lane_left",
  "not_yours",
] as const;

/** One reason against a place, in words: "Déjà pris : Mme Roux (14:00–14:30)". */
export function obstacleSentence(
  t: ReturnType<typeof useTranslations<"calendar">>,
  { obstacle, zone }: { obstacle: Obstacle; zone: string },
): string {
  const code = known.find((each) => each === obstacle.code);
  if (!code) return t("obstacles.other");
  const sentence = t(`obstacles.${code}`);
  const clock = (instant: number) => clockTime({ instant: new Date(instant).toISOString(), zone });
  const time =
    obstacle.start !== undefined && obstacle.end !== undefined
      ? ` (${clock(obstacle.start)}–${clock(obstacle.end)})`
      : "";
  const hasTime = code === "busy" || code === "buffer" || code === "room_taken" || code === "external_busy";
  return `${sentence}${obstacle.title ? t("obstacles.named", { name: obstacle.title }) : ""}${hasTime ? time : ""}`;
}
