"use client";

import { CalendarX } from "lucide-react";
import { useTranslations } from "next-intl";
import { buttonVariants } from "../../components/button.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { Link } from "../../i18n/navigation.ts";

/** In place of an appointment that is not there. */
export function AppointmentGone() {
  const t = useTranslations("appointments");
  return (
    <div className="grid flex-1 place-items-center">
      <EmptyState
        isPage
        icon={CalendarX}
        title={t("detail.gone.title")}
        description={t("detail.gone.description")}
        action={
          <Link href="/dashboard/appointments" className={buttonVariants()}>
            {t("title")}
          </Link>
        }
      />
    </div>
  );
}
