import type { EventContentArg } from "@fullcalendar/core";
import { Layers2, TriangleAlert } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { type CSSProperties, useSyncExternalStore } from "react";
import { joinClasses } from "../../components/join-classes.ts";
import { clockTime, longDay } from "../time/format-time.ts";
import type { AppointmentEventProps } from "./calendar-events.ts";
import type { HintStore } from "./drag-hint.tsx";
import type { GridResource } from "./grid-resources.ts";
import { ListEntry } from "./list-entry.tsx";
import { statusIcons } from "./status-icons.ts";

/** Below this many minutes there is room for one line. */
const oneLineMinutes = 40;

type EventContentProps = {
  argument: EventContentArg;
  zone: string;
  isPulsing: boolean;
  isCut: boolean;
  /** While it is dragged: the place under it is not free. */
  isRefused: boolean;
  /** While it is dragged: whose column it is over. */
  column?: Pick<GridResource, "title" | "colour"> | undefined;
};

type CarriedContentProps = Omit<EventContentProps, "isRefused"> & { hints: HintStore };

/** What is carried, coloured like whose column it is over, and by the same verdict that is told in words. */
export function CarriedContent({ hints, ...props }: CarriedContentProps) {
  const isRefused = useSyncExternalStore(
    hints.subscribe,
    () => hints.read()?.tone === "refused",
    () => false,
  );
  return <EventContent {...props} isRefused={isRefused} />;
}

/** An appointment in the grid: provider's colour at the edge, time and client first, status as an icon too. */
export function EventContent({ argument, zone, isPulsing, isCut, isRefused, column }: EventContentProps) {
  const t = useTranslations("calendar");
  const locale = useLocale();
  const { appointment, roomName, ...own } = argument.event.extendedProps as AppointmentEventProps;
  const colour = column?.colour ?? own.colour;
  const providerName = column?.title ?? own.providerName;
  const { start, end } = argument.event;
  const isMonth = argument.view.type.startsWith("dayGrid");
  const minutes = start && end ? (end.getTime() - start.getTime()) / 60_000 : 0;
  const isOneLine = isMonth || minutes < oneLineMinutes;
  const StatusIcon = isRefused ? TriangleAlert : statusIcons[appointment.status];
  // While dragging, the grid's own start is ahead of the appointment's.
  const time = start ? clockTime({ instant: start.toISOString(), zone }) : "";
  const details = [
    appointment.clientName ? appointment.serviceName : null,
    appointment.subjectReference,
  ].filter(Boolean);
  if (argument.view.type.startsWith("list"))
    return <ListEntry {...{ appointment, title: argument.event.title, colour, providerName, roomName }} />;
  return (
    <div
      style={{ "--event-colour": colour } as CSSProperties}
      className={joinClasses(
        "event-card",
        isOneLine && "is-one-line",
        appointment.status === "pending" && "is-tentative",
        appointment.status === "held" && "is-held",
        (appointment.status === "completed" || appointment.status === "no_show") && "is-settled",
        appointment.status === "cancelled" && "is-cancelled",
        isPulsing && "is-pulsing",
        isCut && "is-cut",
        isRefused && "is-refused",
      )}
    >
      {/* The whole truth in one sentence for whoever does not see the grid; what is drawn below is a part of it. */}
      <span className="sr-only">
        {t("eventLabel", {
          title: argument.event.title,
          date: longDay({ instant: appointment.startsAt, zone, locale }),
          start: clockTime({ instant: appointment.startsAt, zone }),
          end: clockTime({ instant: appointment.endsAt, zone }),
          provider: providerName,
          status: t(`statuses.${appointment.status}`),
        })}
      </span>
      <span aria-hidden className="flex items-center gap-1">
        <time className="event-time shrink-0 font-medium">{time}</time>
        <span
          className={joinClasses(
            "truncate font-semibold",
            (appointment.status === "no_show" || appointment.status === "cancelled") && "line-through",
          )}
        >
          {argument.event.title}
        </span>
        <span className="event-status ml-auto flex shrink-0 gap-0.5">
          {appointment.lane > 0 && <Layers2 className="size-3" />}
          {StatusIcon && <StatusIcon className="size-3" />}
        </span>
      </span>
      {!isOneLine && (
        <span aria-hidden className="block truncate">
          {details.join(" · ") || providerName}
        </span>
      )}
    </div>
  );
}
