"use client";

import { useTranslations } from "next-intl";
import { Page } from "../../components/page.tsx";
import { AppearancePanel } from "./appearance-panel.tsx";
import { IdentityPanel } from "./identity-panel.tsx";
import { OrganizationsPanel } from "./organizations-panel.tsx";
import { PasswordPanel } from "./password-panel.tsx";
import { SessionsPanel } from "./sessions-panel.tsx";
import { UsernamePanel } from "./username-panel.tsx";

/** What belongs to the person rather than to an organization. */
export function ProfileScreen() {
  const t = useTranslations("profile");
  return (
    <Page title={t("title")} lead={t("lead")} width="narrow">
      <IdentityPanel />
      <UsernamePanel />
      <AppearancePanel />
      <PasswordPanel />
      <SessionsPanel />
      <OrganizationsPanel />
    </Page>
  );
}
