"use client";

import { useLocale, useTranslations } from "next-intl";
import { Skeleton } from "../../components/skeleton.tsx";
import { trpc } from "../../trpc/react.ts";
import { RetryLine } from "../directory/query-state.tsx";
import { dayAndTime } from "../time/format-time.ts";
import { useViewer } from "../viewer/viewer.tsx";
import type { Appointment } from "./appointment.ts";
import { type HistoryNames, useHistorySentence } from "./use-history-sentence.ts";

type AppointmentHistoryProps = {
  appointment: Pick<Appointment, "id" | "createdAt" | "source">;
  names: HistoryNames;
};

/** Who did what and when, in words, newest first; it begins with the booking itself. */
export function AppointmentHistory({ appointment, names }: AppointmentHistoryProps) {
  const t = useTranslations("appointments");
  const staff = useTranslations("staff");
  const { id } = appointment;
  const history = trpc.appointments.history.useQuery({ id }, { staleTime: 0 });
  // Entries name attendees by id.
  const detail = trpc.appointments.byId.useQuery({ id });
  const sentence = useHistorySentence(names, detail.data?.attendees ?? []);
  if (history.isPending) return <Skeleton className="h-20" />;
  if (history.isError) return <RetryLine onRetry={() => void history.refetch()} />;
  const { items } = history.data;
  const tellsCreation = items.some(({ action }) => action === "appointment.created");
  return (
    <ol className="flex flex-col gap-2.5">
      {items.map((entry) => (
        <Line key={entry.id} at={entry.at}>
          {[sentence(entry), "forced" in entry.diff ? t("history.forced") : null].filter(Boolean).join(" · ")}
        </Line>
      ))}
      {!tellsCreation && (
        <Line at={appointment.createdAt}>
          {t("history.booked", { source: staff(`sources.${appointment.source}`) })}
        </Line>
      )}
    </ol>
  );
}

function Line({ at, children }: { at: string; children: string }) {
  const locale = useLocale();
  const zone = useViewer().organization.timezone;
  return (
    <li className="border-l-2 pl-3">
      <p className="break-words">{children}</p>
      <time dateTime={at} className="text-muted-foreground text-xs">
        {dayAndTime({ instant: at, zone, locale })}
      </time>
    </li>
  );
}
