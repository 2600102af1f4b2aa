"use client";

import { CircleCheck } from "lucide-react";
import { useSearchParams } from "next/navigation";
import { useState } from "react";
import { useTranslations } from "../../components/words.tsx";
import type { PageView, PortalView } from "../booking/guest-client.ts";
import { Notice } from "../booking/notice.tsx";
import { useChangesAhead } from "../manage/change-booking.tsx";
import { BookAgain } from "./book-again.tsx";
import { type OpenBooking, PortalBooking } from "./portal-booking.tsx";

interface PortalProps {
  portal: PortalView;
  portalToken: string;
  now: number;
  /** Where the client can book again; null: nowhere online. */
  again: { page: PageView; siteSlug: string | null } | null;
}

/** A client's own page: what is to come, what has been, and the notes shared with them. */
export function Portal({ portal, portalToken, now, again }: PortalProps) {
  const t = useTranslations("portal");
  useChangesAhead();
  const isNext = ({ status, endsAt }: PortalView["bookings"][number]) =>
    Date.parse(endsAt) > now && status !== "cancelled" && status !== "completed" && status !== "no_show";
  const query = useSearchParams();
  const mode = query.get("do");
  // One at a time: the address says which, and the day and time that are being looked at.
  const open: OpenBooking | null =
    mode === "move" || mode === "cancel" ? { id: query.get("booking") ?? "", mode } : null;
  const [hasCancelled, setHasCancelled] = useState(false);
  const each = {
    portalToken,
    client: portal.client,
    now,
    open,
    onEnter: () => setHasCancelled(false),
    onCancelled: () => setHasCancelled(true),
  };
  const next = portal.bookings.filter(isNext);
  const past = portal.bookings.filter((booking) => !isNext(booking)).reverse();
  return (
    <div className="mx-auto flex w-full max-w-3xl flex-col gap-8">
      <header>
        <h1 tabIndex={-1} className="rounded font-semibold text-2xl tracking-tight">
          {t("hello", { name: portal.client.name })}
        </h1>
        <p className="text-muted-foreground">{portal.organization.name}</p>
      </header>
      <div role="status" className="empty:hidden">
        {hasCancelled && <Notice isAnswer tone="success" icon={CircleCheck} title={t("done.cancelled")} />}
      </div>
      <section aria-labelledby="next-title" className="flex flex-col gap-3">
        <h2 id="next-title" className="font-semibold text-lg">
          {t("next")}
        </h2>
        {next.length === 0 && (
          <p className="flex items-center gap-2 text-muted-foreground">
            <CircleCheck aria-hidden className="size-4" />
            {t("nothing")}
          </p>
        )}
        {next.map((booking) => (
          <PortalBooking key={booking.appointmentId} {...each} booking={booking} />
        ))}
      </section>
      {again && <BookAgain {...again} client={portal.client} />}
      {past.length > 0 && (
        <section aria-labelledby="past-title" className="flex flex-col gap-3">
          <h2 id="past-title" className="font-semibold text-lg">
            {t("past")}
          </h2>
          {past.map((booking) => (
            <PortalBooking key={booking.appointmentId} {...each} booking={booking} isPast />
          ))}
        </section>
      )}
    </div>
  );
}
