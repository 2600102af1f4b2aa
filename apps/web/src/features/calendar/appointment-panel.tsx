"use client";

import { CalendarClock } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Badge } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import { SidePanel } from "../../components/side-panel.tsx";
import { useViewer } from "../shell/viewer.tsx";
import { type Appointment, appointmentTitle, type Provider, type Site } from "./appointment.ts";
import { clockTime, longDay } from "./format-time.ts";
import { MoveDialog } from "./move-dialog.tsx";
import { StatusActions } from "./status-actions.tsx";
import type { Move } from "./use-move-appointment.ts";

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
  appointment: Appointment | undefined;
  providers: readonly Provider[];
  sites: readonly Site[];
  canChange: (appointment: Appointment) => boolean;
  onMove: (move: Move) => Promise<boolean>;
  offerUndo: (offer: { token: string; message: string }) => void;
  onClose: () => void;
};

/** Details of one appointment beside the grid, with what can be done about it. */
export function AppointmentPanel(props: AppointmentPanelProps) {
  const { appointment, providers, sites, canChange, onMove, offerUndo, onClose } = props;
  const t = useTranslations("calendar");
  const locale = useLocale();
  const zone = useViewer().organization.timezone;
  const [isMoving, setIsMoving] = useState(false);
  if (!appointment) return null;
  const provider = providers.find((each) => each.id === appointment.providerId);
  const site = sites.find((each) => each.id === appointment.siteId);
  return (
    <SidePanel open onClose={onClose} title={appointmentTitle(appointment, t("busy"))}>
      <div className="flex flex-col gap-5">
        <Badge tone={tones[appointment.status]} className="self-start">
          {t(`statuses.${appointment.status}`)}
        </Badge>
        <dl className="grid grid-cols-[7rem_1fr] gap-x-3 gap-y-2.5">
          <Row label={t("details.when")}>
            <span className="block first-letter:uppercase">
              {longDay({ instant: appointment.startsAt, zone, locale })}
            </span>
            <time dateTime={appointment.startsAt} className="font-semibold">
              {clockTime({ instant: appointment.startsAt, zone })} –{" "}
              {clockTime({ instant: appointment.endsAt, zone })}
            </time>
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
                {appointment.clientPhone}
              </a>
            )}
          </Row>
          <Row label={t("details.subject")}>{appointment.subjectReference}</Row>
          <Row label={t("details.place")}>
            {[t(`details.places.${appointment.locationKind}`), site?.name].filter(Boolean).join(" · ")}
          </Row>
          <Row label={t("details.price")}>
            {appointment.priceCents
              ? new Intl.NumberFormat(locale, { style: "currency", currency: "EUR" }).format(
                  appointment.priceCents / 100,
                )
              : null}
          </Row>
        </dl>
        {canChange(appointment) && (
          <>
            <StatusActions appointment={appointment} offerUndo={offerUndo} onCancelled={onClose} />
            <Button variant="secondary" className="self-start" onClick={() => setIsMoving(true)}>
              <CalendarClock aria-hidden />
              {t("details.move")}
            </Button>
            {isMoving && (
              <MoveDialog
                appointment={appointment}
                providers={providers}
                onMove={onMove}
                onClose={() => setIsMoving(false)}
              />
            )}
          </>
        )}
      </div>
    </SidePanel>
  );
}

function Row({ label, children }: { label: string; children: ReactNode }) {
  if (!children) return null;
  return (
    <>
      <dt className="text-muted-foreground">{label}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  );
}
