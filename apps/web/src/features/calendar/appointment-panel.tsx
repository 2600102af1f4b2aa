"use client";

import { useQueryClient } from "@tanstack/react-query";
import { CalendarClock, ChevronRight, Pencil, SquareArrowOutUpRight } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, useId, useState } from "react";
import { Badge } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import { formatPhone } from "../../components/format-phone.ts";
import { SidePanel } from "../../components/side-panel.tsx";
import { Link } from "../../i18n/navigation.ts";
import { trpc } from "../../trpc/react.ts";
import { AppointmentHistory } from "../appointments/appointment-history.tsx";
import { AttendeeList } from "../appointments/attendee-list.tsx";
import { HeldNotice } from "../appointments/held-notice.tsx";
import { NoticeList } from "../appointments/notice-timeline.tsx";
import { NoteList } from "../notes/note-list.tsx";
import { PresenceWarning } from "../presence/presence-warning.tsx";
import { clockTime, longDay } from "../time/format-time.ts";
import { useViewer } from "../viewer/viewer.tsx";
import { type Appointment, appointmentTitle, isSettled } from "./appointment.ts";
import { dropAppointment } from "./appointment-cache.ts";
import { AppointmentEdit } from "./appointment-edit.tsx";
import { MoveDialog } from "./move-dialog.tsx";
import { StatusActions } from "./status-actions.tsx";
import type { Move } from "./use-move-appointment.ts";
import { type PanelDirectory, usePanelDirectory } from "./use-panel-directory.ts";
import type { OfferUndo } from "./use-undo.tsx";

const tones = {
  held: "neutral",
  pending: "warning",
  confirmed: "accent",
  in_progress: "accent",
  completed: "success",
  no_show: "danger",
  cancelled: "danger",
} as const satisfies Record<Appointment["status"], string>;

type AppointmentPanelProps = {
  appointment: Appointment;
  isEditing: boolean;
  /** What the calendar shows; an appointment of another site brings its own. */
  directory: PanelDirectory;
  canChange: (appointment: Appointment) => boolean;
  onEdit: (isEditing: boolean) => void;
  onMove: (move: Move) => Promise<boolean>;
  onCancel: (appointment: Appointment) => void;
  offerUndo: OfferUndo;
  onClose: () => void;
};

/** Details of one appointment beside the grid, with what can be done about it. */
export default function AppointmentPanel(props: AppointmentPanelProps) {
  const { appointment, isEditing, canChange, onEdit, onMove, onCancel, offerUndo, onClose } = props;
  const directory = usePanelDirectory(appointment, props.directory);
  const t = useTranslations("calendar");
  const queryClient = useQueryClient();
  const [isMoving, setIsMoving] = useState(false);
  const isHeld = appointment.status === "held";
  const mayRelease = isHeld && canChange(appointment);
  const mayChange = !isHeld && canChange(appointment);
  const isMovable = mayChange && !isSettled(appointment);
  return (
    <SidePanel open onClose={onClose} title={appointmentTitle(appointment, t("busy"))}>
      <div className="flex flex-col gap-5">
        <PresenceWarning appointmentId={appointment.id} />
        <div className="flex items-center justify-between gap-2">
          <Badge tone={tones[appointment.status]}>{t(`statuses.${appointment.status}`)}</Badge>
          <Link
            href={`/dashboard/appointments/${appointment.id}`}
            prefetch={false}
            className="flex items-center gap-1.5 rounded text-muted-foreground text-xs hover:text-foreground"
          >
            {t("details.open")}
            <SquareArrowOutUpRight aria-hidden className="size-3.5" />
          </Link>
        </div>
        {isHeld && (
          <HeldNotice
            appointment={appointment}
            canRelease={mayRelease}
            onFreed={(id) => {
              dropAppointment(queryClient, id);
              onClose();
            }}
          />
        )}
        <Facts appointment={appointment} directory={directory} />
        {mayChange && (
          <div className="flex flex-col gap-2">
            {!isEditing && (
              <div className="flex flex-wrap gap-2">
                {isMovable && (
                  <Button variant="secondary" onClick={() => setIsMoving(true)}>
                    <CalendarClock aria-hidden />
                    {t("details.move")}
                  </Button>
                )}
                <Button variant="secondary" onClick={() => onEdit(true)}>
                  <Pencil aria-hidden />
                  {t("details.edit")}
                </Button>
              </div>
            )}
            <StatusActions appointment={appointment} onCancel={() => onCancel(appointment)} />
          </div>
        )}
        {mayChange && isEditing && (
          <AppointmentEdit
            key={appointment.id}
            appointment={appointment}
            offerUndo={offerUndo}
            onDone={() => onEdit(false)}
          />
        )}
        {isMoving && (
          <MoveDialog
            appointment={appointment}
            providers={directory.providers}
            rooms={directory.rooms}
            onMove={onMove}
            onClose={() => setIsMoving(false)}
          />
        )}
        <Section title={t("details.attendees")}>
          <AttendeeList
            appointmentId={appointment.id}
            canChange={mayChange && appointment.status !== "cancelled"}
          />
        </Section>
        <Section title={t("details.notes")}>
          <NoteList appointmentId={appointment.id} canWrite={mayChange} />
        </Section>
        <Fold title={t("details.history")}>
          <div className="mt-2">
            <AppointmentHistory
              key={appointment.version}
              appointment={appointment}
              names={{
                provider: (id) => directory.providers.find((each) => each.id === id)?.name,
                room: (id) => directory.rooms.find((each) => each.id === id)?.name,
              }}
            />
          </div>
        </Fold>
        <Fold title={t("details.messages")}>
          <div className="mt-2">
            <NoticeList appointmentId={appointment.id} />
          </div>
        </Fold>
      </div>
    </SidePanel>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="flex flex-col gap-2.5">
      <h3 id={id} className="font-semibold">
        {title}
      </h3>
      {children}
    </section>
  );
}

/** A part that is read when it is opened. */
function Fold({ title, children }: { title: string; children: ReactNode }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details onToggle={(event) => setIsOpen(event.currentTarget.open)} className="group">
      <summary className="flex min-h-7 cursor-pointer list-none items-center gap-1 rounded font-semibold max-sm:min-h-11">
        <ChevronRight aria-hidden className="size-4 transition-transform group-open:rotate-90" />
        {title}
      </summary>
      {isOpen && children}
    </details>
  );
}

function Facts({ appointment, directory }: Pick<AppointmentPanelProps, "appointment" | "directory">) {
  const t = useTranslations("calendar");
  const locale = useLocale();
  const { timezone: zone, hasManySites } = useViewer().organization;
  const provider = directory.providers.find((each) => each.id === appointment.providerId);
  const site = directory.sites.find((each) => each.id === appointment.siteId);
  const room = directory.rooms.find((each) => each.id === appointment.roomId);
  const { priceCents, serviceId } = appointment;
  const services = trpc.directory.services.list.useQuery(
    hasManySites ? { siteIds: [appointment.siteId] } : undefined,
    { staleTime: 5 * 60_000, enabled: Boolean(priceCents) },
  );
  const currency = services.data?.items.find(({ id }) => id === serviceId)?.currency ?? "EUR";
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-2.5">
      <Row label={t("details.when")}>
        <span className="block first-letter:uppercase">
          {longDay({ instant: appointment.startsAt, zone, locale })}
        </span>
        <time dateTime={appointment.startsAt} className="font-semibold">
          {clockTime({ instant: appointment.startsAt, zone })} –{" "}
          {clockTime({ instant: appointment.endsAt, zone })}
        </time>
        {appointment.lane > 0 && <span className="block text-warning text-xs">{t("overbooked")}</span>}
      </Row>
      <Row label={t("details.provider")}>
        <span className="flex items-center gap-2">
          <span aria-hidden className="size-2.5 rounded-full" style={{ background: provider?.colour }} />
          {provider?.name}
        </span>
      </Row>
      <Row label={t("details.service")}>{appointment.serviceName}</Row>
      <Row label={t("details.client")}>{appointment.clientName}</Row>
      <Row label={t("details.phone")}>
        {appointment.clientPhone && (
          <a href={`tel:${appointment.clientPhone}`} className="underline underline-offset-2">
            {formatPhone(appointment.clientPhone)}
          </a>
        )}
      </Row>
      <Row label={t("details.subject")}>{appointment.subjectReference}</Row>
      <Row label={t("details.place")}>
        {[t(`details.places.${appointment.locationKind}`), site?.name, room?.name, appointment.locationDetail]
          .filter(Boolean)
          .join(" · ")}
      </Row>
      <Row label={t("details.description")}>{appointment.description}</Row>
      <Row label={t("details.price")}>
        {priceCents && !services.isPending
          ? new Intl.NumberFormat(locale, { style: "currency", currency }).format(priceCents / 100)
          : null}
      </Row>
    </dl>
  );
}

function Row({ label, children }: { label: string; children: ReactNode }) {
  if (!children) return null;
  return (
    <>
      <dt className="whitespace-nowrap text-muted-foreground">{label}</dt>
      <dd className="min-w-0 whitespace-pre-line break-words">{children}</dd>
    </>
  );
}
