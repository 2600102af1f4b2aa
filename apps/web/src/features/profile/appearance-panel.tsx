"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { ChoiceGroup } from "../../components/choice-group.tsx";
import { Panel } from "../../components/page.tsx";
import { routing } from "../../i18n/routing.ts";
import { languageNames, themes, useAppearance } from "../shell/use-appearance.ts";

/** Language and theme; a press applies them. */
export function AppearancePanel() {
  const t = useTranslations("profile.appearance");
  const shell = useTranslations("shell");
  const { theme, changeTheme, locale, changeLanguage } = useAppearance();
  // The theme is this browser's own: the server that renders first does not know it.
  const [isMounted, setIsMounted] = useState(false);
  useEffect(() => setIsMounted(true), []);
  return (
    <Panel title={t("title")} description={t("lead")}>
      <div className="flex flex-col gap-4">
        <ChoiceGroup
          legend={t("language")}
          choices={routing.locales.map((value) => ({ value, label: languageNames[value], lang: value }))}
          value={locale}
          onChange={changeLanguage}
        />
        <ChoiceGroup
          legend={t("theme")}
          choices={themes.map(({ value, icon }) => ({ value, icon, label: shell(`themes.${value}`) }))}
          value={isMounted ? theme : undefined}
          onChange={changeTheme}
        />
      </div>
    </Panel>
  );
}
