"use client";

import { CircleCheck } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { Button, buttonVariants } from "../../components/button.tsx";
import { Link } from "../../i18n/navigation.ts";
import type { Appointment } from "../appointments/appointment.ts";
import { useDirectory } from "../directory/use-directory.ts";
import { clockTime, longDay } from "../time/format-time.ts";

type BookedNoticeProps = { appointment: Appointment; seconds: number; name: string; onAgain: () => void };

/** What was booked, for whom and where; Enter goes on to the next call. */
export function BookedNotice({ appointment, seconds, name, onAgain }: BookedNoticeProps) {
  const t = useTranslations("operator");
  const locale = useLocale();
  const directory = useDirectory({ appointments: [appointment] });
  const zone = directory.siteById.get(appointment.siteId)?.timezone ?? "Europe/Paris";
  const place = { instant: appointment.startsAt, zone };
  return (
    <section
      aria-label={t("booked.title")}
      className="flex flex-col items-center gap-2 rounded-xl border border-success/40 bg-success/6 p-8 text-center"
    >
      <CircleCheck aria-hidden className="size-8 text-success" />
      <h2 className="font-semibold text-lg">{t("booked.title")}</h2>
      <p role="status" className="text-base">
        {t("booked.line", { name, day: longDay({ ...place, locale }), time: clockTime(place) })}
      </p>
      <p className="text-muted-foreground">
        {t("booked.with", {
          provider: directory.providerById.get(appointment.providerId)?.name ?? "",
          site: directory.siteById.get(appointment.siteId)?.name ?? "",
        })}{" "}
        <span className="tabular">({t("booked.seconds", { seconds })})</span>
      </p>
      <div className="mt-3 flex gap-2">
        <Button size="large" autoFocus onClick={onAgain}>
          {t("booked.again")}
        </Button>
        <Link
          href={`/dashboard/appointments/${appointment.id}`}
          className={buttonVariants({ variant: "secondary", size: "large" })}
        >
          {t("booked.open")}
        </Link>
      </div>
    </section>
  );
}
