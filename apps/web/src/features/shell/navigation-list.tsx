"use client";

import { useTranslations } from "next-intl";
import { joinClasses } from "../../components/join-classes.ts";
import { Link, usePathname } from "../../i18n/navigation.ts";
import { navigationItems } from "../viewer/navigation-items.ts";
import { useViewer } from "../viewer/viewer.tsx";

type NavigationListProps = { compact?: boolean; onNavigate?: () => void };

/** Links to the screens of staff; `compact` keeps the icon and hides the word from sight only. */
export function NavigationList({ compact = false, onNavigate }: NavigationListProps) {
  const t = useTranslations("shell");
  const pathname = usePathname();
  const { permissions } = useViewer();
  const items = navigationItems.filter(({ permission }) => !permission || permissions.includes(permission));
  return (
    <nav aria-label={t("navigation")}>
      <ul className="flex flex-col gap-0.5">
        {items.map(({ key, href, icon: Icon, section = href }) => {
          const isCurrent = pathname === section || pathname.startsWith(`${section}/`);
          return (
            <li key={key}>
              <Link
                href={href}
                onClick={onNavigate}
                aria-current={isCurrent ? "page" : undefined}
                title={compact ? t(key) : undefined}
                className={joinClasses(
                  "flex h-9 items-center gap-2.5 rounded-md base:px-2.5 font-medium base:text-muted-foreground hover:bg-muted hover:text-foreground",
                  isCurrent && "bg-muted text-foreground",
                  compact && "justify-center px-0",
                )}
              >
                <Icon aria-hidden className="size-4 shrink-0" />
                <span className={compact ? "sr-only" : "truncate"}>{t(key)}</span>
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
