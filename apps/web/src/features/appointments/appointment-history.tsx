"use client";

import { useLocale, useTranslations } from "next-intl";
import { Panel } from "../../components/page.tsx";
import { Skeleton } from "../../components/skeleton.tsx";
import { type Outputs, trpc } from "../../trpc/react.ts";
import { dayAndTime } from "../calendar/format-time.ts";
import type { Directory } from "../directory/use-directory.ts";
import { useViewer } from "../shell/viewer.tsx";
import type { Status } from "./appointment.ts";

type Entry = Outputs["appointments"]["history"]["items"][number];

const statuses: readonly Status[] = [
  "held",
  "pending",
  "confirmed",
  "in_progress",
  "completed",
  "no_show",
  "cancelled",
];
const fields = [
  "title",
  "description",
  "clientId",
  "subjectId",
  "locationKind",
  "locationDetail",
  "priceCents",
] as const;

function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

/** Who did what and when, in words, newest first. */
export function AppointmentHistory({ id, directory }: { id: string; directory: Directory }) {
  const t = useTranslations("appointments");
  const locale = useLocale();
  const zone = useViewer().organization.timezone;
  const history = trpc.appointments.history.useQuery({ id });
  const sentence = useHistorySentence(directory);
  return (
    <Panel title={t("detail.history")}>
      {history.isPending && <Skeleton className="h-20" />}
      {history.data?.items.length === 0 && <p className="text-muted-foreground">{t("detail.noHistory")}</p>}
      <ol className="flex flex-col gap-2.5">
        {history.data?.items.map((entry) => (
          <li key={entry.id} className="relative border-l-2 pl-3">
            <p>{sentence(entry)}</p>
            <time dateTime={entry.at} className="text-muted-foreground text-xs">
              {dayAndTime({ instant: entry.at, zone, locale })}
            </time>
          </li>
        ))}
      </ol>
    </Panel>
  );
}

function useHistorySentence(directory: Directory) {
  const t = useTranslations("appointments");
  const staff = useTranslations("staff");
  const locale = useLocale();
  const zone = useViewer().organization.timezone;
  const when = (value: unknown) =>
    typeof value === "string" ? dayAndTime({ instant: value, zone, locale }) : "?";
  const statusName = (value: unknown) => {
    const status = statuses.find((each) => each === value);
    return status ? staff(`statuses.${status}`) : "?";
  };
  return ({ action, diff, by }: Entry): string => {
    const name = by?.name ?? t("history.client");
    const before = record(diff.before);
    const after = record(diff.after);
    switch (action) {
      case "appointment.created":
        return t("history.created", { name });
      case "appointment.moved": {
        const provider = directory.providerById.get(String(after.providerId))?.name;
        if (provider && after.providerId !== before.providerId) {
          return t("history.movedProvider", { name, provider, to: when(after.startsAt) });
        }
        return t("history.moved", { name, from: when(before.startsAt), to: when(after.startsAt) });
      }
      case "appointment.updated": {
        const changed = fields.filter((field) => field in after);
        if (changed.length === 0) return t("history.updatedPlain", { name });
        const list = changed.map((field) => t(`history.fields.${field}`)).join(", ");
        return t("history.updated", { name, fields: list });
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
      case "appointment.hold_expired":
        return t("history.hold_expired");
      case "appointment.assigned": {
        const provider = directory.providerById.get(String(diff.providerId))?.name ?? "?";
        return t("history.assigned", { provider });
      }
      default:
        return t("history.other", { name, action });
    }
  };
}
