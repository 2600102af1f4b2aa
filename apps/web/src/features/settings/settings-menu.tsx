"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { joinClasses } from "../../components/join-classes.ts";
import { Link } from "../../i18n/navigation.ts";
import { useViewer } from "../viewer/viewer.tsx";
import { isSettingsPageOpen, type SettingsPage, settingsGroups, settingsPages } from "./settings-pages.ts";

/** The pages of the settings the role opens: a column on a wide screen, a strip that scrolls on a narrow one. */
export function SettingsMenu({ current }: { current: SettingsPage["key"] | undefined }) {
  const t = useTranslations("settings");
  const { permissions } = useViewer();
  const menu = useRef<HTMLElement>(null);
  useEffect(() => {
    const link = current && menu.current?.querySelector(`[href$="/${current}"]`);
    if (link) link.scrollIntoView({ block: "nearest", inline: "center" });
  }, [current]);
  return (
    <nav
      ref={menu}
      aria-label={t("title")}
      className="flex shrink-0 overflow-x-auto border-b px-2 lg:w-56 lg:flex-col lg:gap-4 lg:overflow-y-auto lg:border-r lg:border-b-0 lg:px-2 lg:py-4"
    >
      {settingsGroups.map((group) => (
        <div key={group} className="contents lg:block">
          <h2 className="hidden px-2.5 pb-1 font-medium text-muted-foreground text-xs lg:block">
            {t(`groups.${group}`)}
          </h2>
          <ul className="flex shrink-0 lg:flex-col lg:gap-0.5">
            {settingsPages
              .filter((page) => page.group === group && isSettingsPageOpen(page, permissions))
              .map(({ key, href, icon: Icon }) => (
                <li key={key}>
                  <Link
                    href={href}
                    aria-current={key === current ? "page" : undefined}
                    className={joinClasses(
                      "flex h-11 items-center gap-2 whitespace-nowrap base:border-transparent border-b-2 px-2.5 font-medium base:text-muted-foreground hover:text-foreground lg:h-9 lg:gap-2.5 lg:rounded-md lg:border-b-0 lg:hover:bg-muted",
                      key === current && "border-accent text-foreground lg:bg-muted",
                    )}
                  >
                    <Icon aria-hidden className="size-4 shrink-0" />
                    {t(`pages.${key}`)}
                  </Link>
                </li>
              ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
