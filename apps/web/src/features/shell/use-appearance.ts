"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useLocale } from "next-intl";
import { setTheme, useTheme } from "../../components/use-theme.ts";
import { usePathname, useRouter } from "../../i18n/navigation.ts";
import { type Locale, routing } from "../../i18n/routing.ts";
import { trpc } from "../../trpc/react.ts";

export const themes = [
  { value: "light", icon: Sun },
  { value: "dark", icon: Moon },
  { value: "system", icon: Monitor },
] as const;

/** Each language in its own words. */
export const languageNames: Record<Locale, string> = { fr: "Français", en: "English" };

/** Theme and language of this person: a change shows at once and is kept in the profile. */
export function useAppearance() {
  const locale = useLocale();
  const { theme } = useTheme();
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

  return {
    theme: themes.find((each) => each.value === theme)?.value ?? ("system" as const),
    changeTheme,
    locale,
    changeLanguage,
  };
}
