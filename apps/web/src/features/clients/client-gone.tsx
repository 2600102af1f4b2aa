"use client";

import { UserX } from "lucide-react";
import { useTranslations } from "next-intl";
import { buttonVariants } from "../../components/button.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { Link } from "../../i18n/navigation.ts";

/** In place of a client who is not there. */
export function ClientGone() {
  const t = useTranslations("clients.detail.gone");
  return (
    <div className="grid flex-1 place-items-center">
      <EmptyState
        isPage
        icon={UserX}
        title={t("title")}
        description={t("description")}
        action={
          <Link href="/dashboard/clients" className={buttonVariants()}>
            {t("back")}
          </Link>
        }
      />
    </div>
  );
}
