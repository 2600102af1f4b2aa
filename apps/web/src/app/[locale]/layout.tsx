import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { hasLocale } from "next-intl";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
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

/**
 * The document of every page, with the words of its error screen: clients' pages and those of staff bring their own.
 * Reading the nonce makes pages dynamic, which the content security policy needs.
 */
export default async function LocaleLayout({ children, params }: Props) {
  const { locale } = await params;
  if (!hasLocale(routing.locales, locale)) notFound();
  const [asked, failure] = await Promise.all([headers(), getTranslations({ locale, namespace: "failure" })]);
  const nonce = asked.get("x-nonce") ?? undefined;
  return (
    <html lang={locale} suppressHydrationWarning>
      <body data-title={failure("title")} data-lead={failure("description")} data-retry={failure("retry")}>
        <ThemeScript nonce={nonce} />
        {children}
      </body>
    </html>
  );
}
