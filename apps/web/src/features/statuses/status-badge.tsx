import type { AppointmentStatus as Status } from "@creneau/domain/appointments/status";
import { useTranslations } from "next-intl";
import { Badge } from "../../components/badge.tsx";

const tones = {
  held: "neutral",
  pending: "warning",
  confirmed: "accent",
  in_progress: "accent",
  completed: "success",
  no_show: "danger",
  cancelled: "danger",
} as const satisfies Record<Status, string>;

/** The status in words; the colour only repeats them. */
export function StatusBadge({ status, className }: { status: Status; className?: string }) {
  const t = useTranslations("staff");
  return (
    <Badge tone={tones[status]} className={className}>
      {t(`statuses.${status}`)}
    </Badge>
  );
}
