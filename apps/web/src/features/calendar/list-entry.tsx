import { useTranslations } from "next-intl";
import type { Appointment } from "./appointment.ts";
import { statusIcons } from "./status-icons.ts";

type ListEntryProps = {
  appointment: Appointment;
  title: string;
  colour: string;
  providerName: string;
  roomName: string | null;
};

/** An appointment in the list: a line of columns where there is room, two lines on a phone. */
export function ListEntry({ appointment, title, colour, providerName, roomName }: ListEntryProps) {
  const t = useTranslations("calendar");
  const { status } = appointment;
  const StatusIcon = statusIcons[status];
  const about = [appointment.clientName ? appointment.serviceName : null, appointment.subjectReference]
    .filter(Boolean)
    .join(" · ");
  const isOff = status === "cancelled" || status === "no_show";
  return (
    <span className="grid items-center gap-x-6 gap-y-0.5 md:grid-cols-[minmax(0,5fr)_minmax(0,4fr)_minmax(0,4fr)_9rem]">
      <span className="flex min-w-0 items-center gap-2.5">
        <span aria-hidden className="size-2.5 shrink-0 rounded-full" style={{ background: colour }} />
        <button
          type="button"
          className={`min-w-0 truncate rounded text-left font-medium ${isOff ? "line-through" : ""}`}
        >
          {title}
        </button>
      </span>
      <span className="truncate text-muted-foreground max-md:hidden">{about}</span>
      <span className="truncate text-muted-foreground max-md:hidden">
        {[providerName, roomName].filter(Boolean).join(" · ")}
      </span>
      <span className="flex items-center gap-1.5 text-muted-foreground max-md:hidden">
        {StatusIcon && <StatusIcon aria-hidden className="size-3.5 shrink-0" />}
        {t(`statuses.${status}`)}
      </span>
      <span className="pl-5 text-muted-foreground text-xs md:hidden">
        {[about, providerName, roomName, t(`statuses.${status}`)].filter(Boolean).join(" · ")}
      </span>
    </span>
  );
}
