"use client";

import { useLocale, useTranslations } from "next-intl";
import { trpc } from "../../trpc/react.ts";
import { useViewer } from "../shell/viewer.tsx";
import { dayAndTime } from "./format-time.ts";

const known = [
  "created",
  "moved",
  "updated",
  "cancelled",
  "status_changed",
  "undone",
  "attendees_changed",
] as const;

/** The appointment's start before and after, when the change was of its time. */
function movedTimes(diff: unknown): { from: string; to: string } | null {
  const of = (side: "before" | "after") => {
    const part = (diff as Record<string, Record<string, unknown> | undefined> | null)?.[side];
    return typeof part?.startsAt === "string" ? part.startsAt : null;
  };
  const from = of("before");
  const to = of("after");
  return from && to && from !== to ? { from, to } : null;
}

/** Who did what to an appointment, and when; read when it is opened. */
export function AppointmentHistory({ appointmentId, version }: { appointmentId: string; version: number }) {
  const t = useTranslations("calendar.history");
  const locale = useLocale();
  const zone = useViewer().organization.timezone;
  const { data } = trpc.appointments.history.useQuery({ id: appointmentId }, { staleTime: 0 });
  const place = (instant: string) => dayAndTime({ instant, zone, locale });
  return (
    <ol className="mt-2 flex flex-col gap-2 border-l pl-3" data-version={version}>
      {data?.items.map((entry) => {
        const action = known.find((each) => entry.action === `appointment.${each}`);
        const times = movedTimes(entry.diff);
        const isForced = typeof entry.diff === "object" && entry.diff !== null && "forced" in entry.diff;
        return (
          <li key={entry.id}>
            <p>
              {t(`actions.${action ?? "other"}`)}
              {times && ` · ${place(times.from)} → ${place(times.to)}`}
              {isForced && ` · ${t("forced")}`}
            </p>
            <p className="text-muted-foreground text-xs">
              {[entry.by?.name ?? t("nobody"), place(entry.at)].join(" · ")}
            </p>
          </li>
        );
      })}
    </ol>
  );
}
