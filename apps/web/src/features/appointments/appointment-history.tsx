"use client";

import { useLocale, useTranslations } from "next-intl";
import { Panel } from "../../components/page.tsx";
import { Skeleton } from "../../components/skeleton.tsx";
import { trpc } from "../../trpc/react.ts";
import { dayAndTime } from "../calendar/format-time.ts";
import { RetryLine } from "../directory/query-state.tsx";
import type { Directory } from "../directory/use-directory.ts";
import { useViewer } from "../shell/viewer.tsx";
import type { AppointmentDetail } from "./appointment.ts";
import { useHistorySentence } from "./use-history-sentence.ts";

type AppointmentHistoryProps = { appointment: AppointmentDetail; directory: Directory };

/** Who did what and when, in words, newest first; it begins with the booking itself. */
export function AppointmentHistory({ appointment, directory }: AppointmentHistoryProps) {
  const t = useTranslations("appointments");
  const staff = useTranslations("staff");
  const history = trpc.appointments.history.useQuery({ id: appointment.id });
  const sentence = useHistorySentence(directory, appointment.attendees);
  const items = history.data?.items ?? [];
  const tellsCreation = items.some(({ action }) => action === "appointment.created");
  return (
    <Panel title={t("detail.history")}>
      {history.isPending && <Skeleton className="h-20" />}
      {history.isError && <RetryLine onRetry={() => void history.refetch()} />}
      {history.data && (
        <ol className="flex flex-col gap-2.5">
          {items.map((entry) => (
            <Line key={entry.id} at={entry.at}>
              {[sentence(entry), "forced" in entry.diff ? t("history.forced") : null]
                .filter(Boolean)
                .join(" · ")}
            </Line>
          ))}
          {!tellsCreation && (
            <Line at={appointment.createdAt}>
              {t("history.booked", { source: staff(`sources.${appointment.source}`) })}
            </Line>
          )}
        </ol>
      )}
    </Panel>
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
