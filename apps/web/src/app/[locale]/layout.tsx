import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { hasLocale, NextIntlClientProvider } from "next-intl";
import { getMessages, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { isGuestPath } from "../../components/guest-path.ts";
import { ThemeScript } from "../../components/theme-script.tsx";
import { routing } from "../../i18n/routing.ts";
import "../globals.css";

type Props = { children: ReactNode; params: Promise<{ locale: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  if (!hasLocale(routing.locales, locale)) return {};
  const t = await getTranslations({ locale, namespace: "product" });
  return { title: { default: t("name"), template: `%s · ${t("name")}` }, description: t("tagline") };
}

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#fafafb" },
    { media: "(prefers-color-scheme: dark)", color: "#131417" },
  ],
};

/** The words a client's page can say: those of the staff's screens would triple what a phone has to load. */
async function guestMessages() {
  const { booking, manage, portal, common, failure } = await getMessages();
  return { booking, manage, portal, common, failure };
}

/** The document of every page. Reading the nonce makes pages dynamic, which the content security policy needs. */
export default async function LocaleLayout({ children, params }: Props) {
  const { locale } = await params;
  if (!hasLocale(routing.locales, locale)) notFound();
  const asked = await headers();
  const nonce = asked.get("x-nonce") ?? undefined;
  const isGuest = isGuestPath(asked.get("x-requested-path") ?? "");
  return (
    <html lang={locale} suppressHydrationWarning>
      <body>
        <ThemeScript nonce={nonce} />
        <NextIntlClientProvider {...(isGuest && { messages: await guestMessages() })}>
          {children}
        </NextIntlClientProvider>
      </body>
    </html>
  );
}
