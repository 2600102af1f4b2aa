"use client";

import { CalendarDays, Mail, Pencil, Phone } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { buttonVariants } from "../../components/button.tsx";
import { formatPhone } from "../../components/format-phone.ts";
import { Page, Panel } from "../../components/page.tsx";
import { Link } from "../../i18n/navigation.ts";
import { isGone } from "../../trpc/error-code.ts";
import { trpc } from "../../trpc/react.ts";
import { LoadFailure, RowsSkeleton } from "../directory/query-state.tsx";
import { useDirectory } from "../directory/use-directory.ts";
import { NoteList } from "../notes/note-list.tsx";
import { StatusBadge } from "../statuses/status-badge.tsx";
import { clockTime, localDate, longDay } from "../time/format-time.ts";
import { useViewer } from "../viewer/viewer.tsx";
import { titleOf } from "./appointment.ts";
import { AppointmentGone } from "./appointment-gone.tsx";
import { AppointmentHistory } from "./appointment-history.tsx";
import { AttendeeList } from "./attendee-list.tsx";
import { HeldNotice } from "./held-notice.tsx";
import { NoticeTimeline } from "./notice-timeline.tsx";
import { StepButtons } from "./step-buttons.tsx";
import { useAppointmentActions } from "./use-appointment-actions.ts";
import { useAppointmentRights } from "./use-appointment-rights.ts";
import { useLiveRefresh } from "./use-live-refresh.ts";

/** Everything about one appointment: facts, steps, attendees, notes, and who did what. */
export function AppointmentScreen({ id }: { id: string }) {
  const t = useTranslations("appointments");
  const staff = useTranslations("staff");
  const notes = useTranslations("notes");
  const locale = useLocale();
  const zone = useViewer().organization.timezone;
  const rights = useAppointmentRights();
  const actions = useAppointmentActions();
  const { refetchInterval } = useLiveRefresh();
  const query = trpc.appointments.byId.useQuery({ id }, { refetchInterval });
  const appointment = query.data;
  const directory = useDirectory({ appointments: appointment ? [appointment] : [] });

  if (query.isError && isGone(query.error)) return <AppointmentGone />;
  if (!appointment) {
    return (
      <Page title={t("title")} width="narrow">
        {query.isError ? <LoadFailure onRetry={() => void query.refetch()} /> : <RowsSkeleton rows={4} />}
      </Page>
    );
  }
  const provider = directory.providerById.get(appointment.providerId);
  const site = directory.siteById.get(appointment.siteId);
  const room = appointment.roomId ? directory.roomById.get(appointment.roomId) : undefined;
  const service = appointment.serviceId ? directory.serviceById.get(appointment.serviceId) : undefined;
  const isHeld = appointment.status === "held";
  const mayTouch = rights.canChange(appointment);
  const canChange = mayTouch && !isHeld && appointment.status !== "cancelled";
  const date = localDate({ instant: appointment.startsAt, zone });
  const price =
    appointment.priceCents === null
      ? null
      : new Intl.NumberFormat(locale, { style: "currency", currency: service?.currency ?? "EUR" }).format(
          appointment.priceCents / 100,
        );
  return (
    <Page
      title={titleOf(appointment, staff("busy"))}
      lead={[appointment.serviceName, provider?.name].filter(Boolean).join(" · ")}
      actions={
        <>
          <Link
            href={`/dashboard/calendar?view=day&date=${date}`}
            className={buttonVariants({ variant: "ghost" })}
          >
            <CalendarDays aria-hidden />
            {t("detail.showInCalendar")}
          </Link>
          {canChange && (
            <Link
              href={`/dashboard/appointments/${id}/edit`}
              className={buttonVariants({ variant: "secondary" })}
            >
              <Pencil aria-hidden />
              {t("detail.edit")}
            </Link>
          )}
        </>
      }
    >
      <div className="grid items-start gap-4 lg:grid-cols-[3fr_2fr]">
        <div className="flex min-w-0 flex-col gap-4">
          <Panel>
            <div className="mb-3 flex flex-wrap items-center gap-3">
              <StatusBadge status={appointment.status} />
              {mayTouch && <StepButtons appointment={appointment} actions={actions} />}
            </div>
            {isHeld && (
              <div className="mb-3">
                <HeldNotice appointment={appointment} canRelease={mayTouch} />
              </div>
            )}
            <dl className="grid grid-cols-[6.5rem_1fr] gap-x-3 gap-y-2.5 sm:grid-cols-[8rem_1fr]">
              <Row label={t("detail.when")}>
                <span className="block first-letter:uppercase">
                  {longDay({ instant: appointment.startsAt, zone, locale })}
                </span>
                <time dateTime={appointment.startsAt} className="font-semibold">
                  {clockTime({ instant: appointment.startsAt, zone })} –{" "}
                  {clockTime({ instant: appointment.endsAt, zone })}
                </time>{" "}
                <span className="text-muted-foreground text-xs">({zone})</span>
              </Row>
              <Row label={staff("provider")}>
                <span className="flex items-center gap-2">
                  <span
                    aria-hidden
                    className="size-2.5 rounded-full"
                    style={{ background: provider?.colour }}
                  />
                  {provider?.name}
                </span>
              </Row>
              <Row label={staff("client")}>
                {appointment.clientId && rights.canSeeClients ? (
                  <Link
                    href={`/dashboard/clients/${appointment.clientId}`}
                    className="underline underline-offset-2"
                  >
                    {appointment.clientName}
                  </Link>
                ) : (
                  (appointment.clientName ?? t("detail.noClient"))
                )}
              </Row>
              <Row label={t("detail.contact")}>
                {(appointment.clientPhone || appointment.clientEmail) && (
                  <span className="flex flex-wrap gap-x-4 gap-y-1">
                    {appointment.clientPhone && (
                      <a
                        href={`tel:${appointment.clientPhone}`}
                        className="tabular inline-flex items-center gap-1.5 underline max-sm:min-h-11 underline-offset-2"
                      >
                        <Phone aria-hidden className="size-3.5" />
                        {formatPhone(appointment.clientPhone)}
                      </a>
                    )}
                    {appointment.clientEmail && (
                      <a
                        href={`mailto:${appointment.clientEmail}`}
                        className="inline-flex items-center gap-1.5 break-all underline max-sm:min-h-11 underline-offset-2"
                      >
                        <Mail aria-hidden className="size-3.5" />
                        {appointment.clientEmail}
                      </a>
                    )}
                  </span>
                )}
              </Row>
              <Row label={t("detail.subject")}>{appointment.subjectReference}</Row>
              <Row label={t("detail.place")}>
                {[
                  staff(`places.${appointment.locationKind}`),
                  site?.name,
                  room?.name,
                  appointment.locationDetail,
                ]
                  .filter(Boolean)
                  .join(" · ")}
              </Row>
              <Row label={t("detail.price")}>{price}</Row>
              <Row label={t("detail.source")}>{staff(`sources.${appointment.source}`)}</Row>
              <Row label={t("detail.reason")}>{appointment.cancelReason}</Row>
              <Row label={t("detail.description")}>
                {appointment.description && (
                  <span className="whitespace-pre-wrap break-words">{appointment.description}</span>
                )}
              </Row>
            </dl>
          </Panel>
          <Panel title={notes("title")} description={notes("lead")}>
            <NoteList appointmentId={id} canWrite={rights.canCreate && !isHeld} />
          </Panel>
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <Panel title={t("attendees.title")}>
            <AttendeeList appointmentId={id} canChange={canChange} />
          </Panel>
          <NoticeTimeline appointmentId={id} />
          <Panel title={t("detail.sync")}>
            <p className="text-muted-foreground">{t("detail.noSync")}</p>
          </Panel>
          <Panel title={t("detail.history")}>
            <AppointmentHistory
              appointment={appointment}
              names={{
                provider: (each) => directory.providerById.get(each)?.name,
                room: (each) => directory.roomById.get(each)?.name,
              }}
            />
          </Panel>
        </div>
      </div>
    </Page>
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
