"use client";

import { LogOut, Monitor, Moon, Sun } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useTheme } from "next-themes";
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
import { usePathname, useRouter } from "../../i18n/navigation.ts";
import { type Locale, routing } from "../../i18n/routing.ts";
import { trpc } from "../../trpc/react.ts";
import { signOut } from "../identity/auth-endpoints.ts";
import { useViewer } from "./viewer.tsx";

const themes = [
  { value: "light", icon: Sun },
  { value: "dark", icon: Moon },
  { value: "system", icon: Monitor },
] as const;

const languageNames: Record<Locale, string> = { fr: "Français", en: "English" };

/** Theme, language and the way out. */
export function UserMenu({ compact = false }: { compact?: boolean }) {
  const t = useTranslations("shell");
  const locale = useLocale();
  const { user } = useViewer();
  const { theme, setTheme } = useTheme();
  const { mutate: saveProfile } = trpc.session.updateProfile.useMutation();
  const router = useRouter();
  const pathname = usePathname();

  function changeTheme(value: string) {
    const next = themes.find((each) => each.value === value)?.value ?? "system";
    setTheme(next);
    saveProfile({ theme: next });
  }

  function changeLanguage(value: string) {
    const next = routing.locales.find((each) => each === value) ?? routing.defaultLocale;
    saveProfile({ locale: next });
    router.replace(`${pathname}${location.search}`, { locale: next, scroll: false });
  }

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
        <DropdownMenuRadioGroup value={theme ?? "system"} onValueChange={changeTheme}>
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
