"use client";

import { CalendarX } from "lucide-react";
import { useTranslations } from "next-intl";
import { buttonVariants } from "../../components/button.tsx";
import { EmptyPage } from "../../components/empty-page.tsx";
import { Link } from "../../i18n/navigation.ts";

/** In place of an appointment that is not there. */
export function AppointmentGone() {
  const t = useTranslations("appointments");
  return (
    <EmptyPage
      icon={CalendarX}
      title={t("detail.gone.title")}
      description={t("detail.gone.description")}
      action={
        <Link href="/dashboard/appointments" className={buttonVariants()}>
          {t("title")}
        </Link>
      }
    />
  );
}
