"use client";

import { Building2 } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { Button } from "../../components/button.tsx";
import { EmptyPage } from "../../components/empty-page.tsx";
import { signOut } from "../identity/auth-endpoints.ts";

/** For an account that no organization has invited yet: says so, and lets go. */
export function NoOrganization() {
  const t = useTranslations("shell");
  const locale = useLocale();

  async function leave() {
    await signOut({ callbackUrl: `/${locale}` });
    location.assign(`/${locale}`);
  }

  return (
    <EmptyPage
      isAlone
      icon={Building2}
      title={t("noOrganization.title")}
      description={t("noOrganization.description")}
      action={
        <Button variant="secondary" onClick={leave}>
          {t("signOut")}
        </Button>
      }
    />
  );
}
