"use client";

import { LogOut } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { Avatar } from "../../components/avatar.tsx";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "../../components/dropdown-menu.tsx";
import { routing } from "../../i18n/routing.ts";
import { signOut } from "../identity/auth-endpoints.ts";
import { useViewer } from "../viewer/viewer.tsx";
import { languageNames, themes, useAppearance } from "./use-appearance.ts";

/** Theme, language and the way out. */
export function UserMenu({ compact = false }: { compact?: boolean }) {
  const t = useTranslations("shell");
  const locale = useLocale();
  const { user } = useViewer();
  const { theme, changeTheme, changeLanguage } = useAppearance();

  async function leave() {
    await signOut({ callbackUrl: `/${locale}` });
    location.assign(`/${locale}`);
  }

  return (
    <DropdownMenu>
      <DropdownMenuTrigger
        aria-label={t("userMenu", { name: user.name })}
        className="flex items-center gap-2.5 rounded-md p-1.5 text-left hover:bg-muted"
      >
        <Avatar name={user.name} />
        {!compact && (
          <span className="min-w-0">
            <span className="block truncate font-medium leading-tight">{user.name}</span>
            <span className="block truncate text-muted-foreground text-xs">{user.email}</span>
          </span>
        )}
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end" className="w-56">
        <DropdownMenuLabel>{t("theme")}</DropdownMenuLabel>
        <DropdownMenuRadioGroup value={theme} onValueChange={changeTheme}>
          {themes.map(({ value, icon: Icon }) => (
            <DropdownMenuRadioItem key={value} value={value}>
              <Icon aria-hidden />
              {t(`themes.${value}`)}
            </DropdownMenuRadioItem>
          ))}
        </DropdownMenuRadioGroup>
        <DropdownMenuSeparator />
        <DropdownMenuLabel>{t("language")}</DropdownMenuLabel>
        <DropdownMenuRadioGroup value={locale} onValueChange={changeLanguage}>
          {routing.locales.map((each) => (
            <DropdownMenuRadioItem key={each} value={each} lang={each}>
              {languageNames[each]}
            </DropdownMenuRadioItem>
          ))}
        </DropdownMenuRadioGroup>
        <DropdownMenuSeparator />
        <DropdownMenuItem onSelect={leave}>
          <LogOut aria-hidden />
          {t("signOut")}
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
