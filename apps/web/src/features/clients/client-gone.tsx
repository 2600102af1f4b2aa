"use client";

import { UserX } from "lucide-react";
import { useTranslations } from "next-intl";
import { buttonVariants } from "../../components/button.tsx";
import { EmptyPage } from "../../components/empty-page.tsx";
import { Link } from "../../i18n/navigation.ts";

/** In place of a client who is not there. */
export function ClientGone() {
  const t = useTranslations("clients.detail.gone");
  return (
    <EmptyPage
      icon={UserX}
      title={t("title")}
      description={t("description")}
      action={
        <Link href="/dashboard/clients" className={buttonVariants()}>
          {t("back")}
        </Link>
      }
    />
  );
}
