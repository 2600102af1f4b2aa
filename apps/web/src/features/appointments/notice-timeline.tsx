"use client";

import { CircleCheck, CircleX, Clock } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { Panel } from "../../components/page.tsx";
import { Skeleton } from "../../components/skeleton.tsx";
import { type Outputs, trpc } from "../../trpc/react.ts";
import { RetryLine } from "../directory/query-state.tsx";
import { dayAndTime } from "../time/format-time.ts";
import { useViewer } from "../viewer/viewer.tsx";

type Notice = Outputs["notifications"]["timeline"]["items"][number];

const kinds = ["requested", "booked", "confirmed", "moved", "changed", "cancelled"] as const;
const icons = { sent: CircleCheck, waiting: Clock, failed: CircleX } as const;
const tones = { sent: "text-success", waiting: "text-muted-foreground", failed: "text-danger" } as const;

/** What was sent to whom about an appointment, as a part of its page. */
export function NoticeTimeline({ appointmentId }: { appointmentId: string }) {
  const t = useTranslations("appointments");
  return (
    <Panel title={t("detail.notifications")}>
      <NoticeList appointmentId={appointmentId} />
    </Panel>
  );
}

/** What was sent to whom about an appointment, and whether it left; latest first. */
export function NoticeList({ appointmentId }: { appointmentId: string }) {
  const t = useTranslations("appointments");
  const timeline = trpc.notifications.timeline.useQuery(
    { appointmentId },
    // A mail leaves some seconds after the change that it tells of.
    { refetchInterval: 15_000 },
  );
  return (
    <>
      {timeline.isPending && <Skeleton className="h-12" />}
      {timeline.isError && <RetryLine onRetry={() => void timeline.refetch()} />}
      {timeline.data?.items.length === 0 && (
        <p className="text-muted-foreground">{t("detail.noNotifications")}</p>
      )}
      <ol className="flex flex-col gap-2.5">
        {timeline.data?.items.map((notice) => (
          <NoticeItem key={notice.id} notice={notice} />
        ))}
      </ol>
    </>
  );
}

function NoticeItem({ notice }: { notice: Notice }) {
  const t = useTranslations("appointments.notices");
  const locale = useLocale();
  const zone = useViewer().organization.timezone;
  const kind = kinds.find((each) => each === notice.kind) ?? "other";
  const Icon = icons[notice.state];
  return (
    <li className="flex items-start gap-2.5">
      <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${tones[notice.state]}`} />
      <div className="min-w-0">
        <p className="break-words">
          <span className="font-medium">{t(`kinds.${kind}`)}</span>{" "}
          <span className="break-all text-muted-foreground">{t("to", { recipient: notice.recipient })}</span>
        </p>
        <p className="text-muted-foreground text-xs">
          {[
            t(`states.${notice.state}`),
            dayAndTime({ instant: notice.at, zone, locale }),
            notice.state === "failed" ? t("attempts", { count: notice.attempts }) : null,
            notice.reason,
          ]
            .filter(Boolean)
            .join(" · ")}
        </p>
      </div>
    </li>
  );
}
