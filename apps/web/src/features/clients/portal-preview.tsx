"use client";

import { appointmentStatuses } from "@creneau/domain/appointments/status";
import { useLocale, useTranslations } from "next-intl";
import { Dialog, DialogContent } from "../../components/dialog.tsx";
import { Link } from "../../i18n/navigation.ts";
import type { Outputs } from "../../trpc/react.ts";
import { StatusBadge } from "../statuses/status-badge.tsx";
import { dayAndTime } from "../time/format-time.ts";

type Preview = Outputs["clientLinks"]["preview"];

/** What the client sees of their appointments and notes, to look at. Whoever wants to change one opens it as themselves. */
export function PortalPreview({ preview, onClose }: { preview: Preview; onClose: () => void }) {
  const t = useTranslations("clients.portal");
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        isWide
        title={t("previewTitle", { name: preview.client.name })}
        description={t("previewLead")}
      >
        {preview.bookings.length === 0 && <p className="text-muted-foreground">{t("nothing")}</p>}
        <ul className="flex flex-col gap-3">
          {preview.bookings.toReversed().map((booking) => (
            <PreviewedBooking key={booking.appointmentId} booking={booking} />
          ))}
        </ul>
      </DialogContent>
    </Dialog>
  );
}

function PreviewedBooking({ booking }: { booking: Preview["bookings"][number] }) {
  const t = useTranslations("clients.portal");
  const locale = useLocale();
  const status = appointmentStatuses.find((each) => each === booking.status);
  const can = [booking.canMove && t("canMove"), booking.canCancel && t("canCancel")].filter(Boolean);
  return (
    <li className="rounded-lg border p-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Link
          href={`/dashboard/appointments/${booking.appointmentId}`}
          className="inline-flex items-center font-medium underline underline-offset-2 max-sm:min-h-11"
        >
          <time dateTime={booking.startsAt}>
            {dayAndTime({ instant: booking.startsAt, zone: booking.timezone, locale })}
          </time>
        </Link>
        {status && <StatusBadge status={status} />}
      </div>
      <p className="break-words text-muted-foreground">
        {[booking.serviceName, booking.providerName, booking.siteName].filter(Boolean).join(" · ")}
      </p>
      {can.length > 0 && <p className="text-muted-foreground text-xs">{can.join(" · ")}</p>}
      {booking.notes.map(({ id, body, authorName, isOwn }) => (
        <p key={id} className="mt-2 whitespace-pre-line break-words border-l-2 pl-2">
          {body}
          <span className="block text-muted-foreground text-xs">{isOwn ? t("byClient") : authorName}</span>
        </p>
      ))}
    </li>
  );
}
