"use client";

import { useTranslations } from "next-intl";
import { Panel } from "../../components/page.tsx";

/** What nobody should expect of a followed calendar. */
export function FeedLimits() {
  const t = useTranslations("calendarFeed.limits");
  return (
    <Panel title={t("title")}>
      <ul className="flex list-disc flex-col gap-1.5 pl-4 marker:text-muted-foreground">
        <li>{t("readOnly")}</li>
        <li>{t("busy")}</li>
        <li>{t("delay")}</li>
        <li>{t("notes")}</li>
      </ul>
    </Panel>
  );
}
